import { normaliseCode, sound, type Verdict, wrong } from './verdict.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = '10X98765432';

/** First two digits: provinces, residence permits of Hong Kong, Macao and Taiwan (81–83), foreign permanent residents (9x). */
const knownRegion = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/;

/** Nobody born before owns a vehicle; an earlier year is a slip of the hand. */
const earliestBirth = '18500101';

/** The check digit of the first 17 digits of an identity number. Source: GB 11643-1999. */
export const identityCheckDigit = (first17: string): string => {
  const sum = weights.reduce<number>((total, weight, index) => total + weight * Number(first17[index]), 0);
  return checkDigits[sum % 11] ?? '';
};

const isRealDay = (yyyymmdd: string): boolean => {
  const [year, month, day] = [Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)), Number(yyyymmdd.slice(6, 8))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * A resident identity number of 18 digits, residence permits of Hong Kong, Macao and Taiwan (81, 82, 83) included. With `today`
 * (`yyyy-MM-dd`) a birth day still to come is refused too. Source: GB 11643-1999; domain 0.8, 3.3.
 */
export const checkIdentityNumber = (raw: string, today?: string): Verdict => {
  const value = normaliseCode(raw);
  if (/^\d{15}$/.test(value)) return wrong('15 位旧证号已停用，请填 18 位身份证号码');
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return wrong('应为 18 位，末位是数字或 X，请对照证件核对');
  const birth = value.slice(6, 14);
  if (!isRealDay(birth) || birth < earliestBirth) return wrong('其中的出生日期不存在，请对照证件核对');
  if (today !== undefined && birth > today.replaceAll('-', '')) return wrong('其中的出生日期晚于今天，请对照证件核对');
  if (identityCheckDigit(value.slice(0, 17)) !== value[17]) return wrong('校验位不符，可能有一位填错，请对照证件核对');
  return knownRegion.test(value) ? sound(value) : sound(value, '前两位不是已知的地区代码，请对照证件再核对一次');
};
