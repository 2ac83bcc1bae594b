import { isOneCharacter, normaliseCode, sound, type Verdict, wrong } from './verdict.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const innerWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The 18th character of a unified social credit code. Source: GB 32100-2015. */
export const creditCheckCharacter = (first17: string): string => {
  const sum = weights.reduce<number>(
    (total, weight, index) => total + weight * alphabet.indexOf(first17[index] ?? ''),
    0,
  );
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
};

const innerValue = (letter: string): number => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);

/** The check character of the organisation code inside. Source: GB 11714. */
export const organisationCheckCharacter = (first8: string): string => {
  const sum = innerWeights.reduce<number>(
    (total, weight, index) => total + weight * innerValue(first8[index] ?? '0'),
    0,
  );
  const digit = 11 - (sum % 11);
  return digit === 10 ? 'X' : digit === 11 ? '0' : String(digit);
};

/**
 * A unified social credit code; the organisation code inside only warns. The district inside may be one that no longer exists, so
 * it is not looked at. Source: GB 32100-2015; domain 3.2.
 */
export const checkSocialCreditCode = (raw: string): Verdict => {
  const value = normaliseCode(raw).replaceAll('-', '');
  if (value.length !== 18) return wrong('应为 18 位，请对照营业执照核对');
  if (![...value].every((letter) => alphabet.includes(letter)))
    return wrong('含有不会出现的字符（没有 I、O、S、V、Z），请对照营业执照核对');
  // Eighteen noughts satisfy both check characters.
  if (isOneCharacter(value)) return wrong('全部是同一个字符，请对照营业执照填写');
  if (creditCheckCharacter(value.slice(0, 17)) !== value[17])
    return wrong('校验位不符，可能有一位填错，请对照营业执照核对');
  return organisationCheckCharacter(value.slice(8, 16)) === value[16]
    ? sound(value)
    : sound(value, '其中的组织机构代码校验位不符，请再核对一次');
};
