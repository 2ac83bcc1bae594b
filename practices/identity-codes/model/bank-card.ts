import { normaliseCode, sound, type Verdict, wrong } from './verdict.ts';

/** Whether the digits satisfy the Luhn sum, which catches a mistyped digit and nothing more. Source: ISO/IEC 7812-1; domain 3.4. */
export const isLuhnSound = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits !== '' && sum % 10 === 0;
};

/**
 * A debit card of a domestic bank, to which money is paid. Whether it is the applicant's own is for the bank to say.
 * Source: domain 3.4.
 */
export const checkDebitCard = (raw: string): Verdict => {
  const value = normaliseCode(raw).replaceAll('-', '');
  if (!/^\d{13,19}$/.test(value)) return wrong('应为 13 至 19 位数字，请对照银行卡核对');
  if (!isLuhnSound(value)) return wrong('校验位不符，可能有一位填错，请对照银行卡核对');
  return value.startsWith('62') ? sound(value) : wrong('不是 62 开头的境内借记卡，请换用本人的借记卡');
};
