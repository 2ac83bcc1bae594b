import { normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

const letterValues: Readonly<Record<string, number>> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
};
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const;
const shape = /^[A-HJ-NPR-Z0-9]{17}$/;

/** The check digit (ninth place) a VIN of the right shape should have. Source: GB 16735. */
export const vinCheckDigit = (vin: string): string => {
  const sum = weights.reduce<number>((total, weight, index) => {
    const letter = vin[index] ?? '';
    return total + weight * (letterValues[letter] ?? Number(letter));
  }, 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
};

/** How good a frame number is. `legacy`: not a 17-character VIN, as on old, imported or agricultural vehicles. */
export type VinGrade = 'valid' | 'check-digit-mismatch' | 'malformed' | 'legacy';

/** Grades a normalised frame number. Source: GB 16735; domain 3.1. */
export const gradeVin = (vin: string): VinGrade => {
  if (shape.test(vin)) return vinCheckDigit(vin) === vin[8] ? 'valid' : 'check-digit-mismatch';
  return vin.length === 17 ? 'malformed' : 'legacy';
};

/** The day from which a domestic vehicle must carry a well-formed VIN. Source: domain 3.1 (our proposal). */
export const vinRequiredSince = '2005-01-01';

/**
 * Reads a VIN or an old frame number. Only what can be no frame number at all is refused here; a wrong check digit warns and asks
 * for a rubbing photograph, and a malformed one is refused for newer vehicles by {@link vinBlocks}. Source: domain 0.7, 3.1.
 */
export const readVin = (raw: string): Verdict => {
  const value = normaliseCode(raw).replace(/[-·]/g, '');
  if (!/^[A-Z0-9*]{4,30}$/.test(value))
    return wrong('应为 17 位车辆识别代号，早年旧车填车架号（4 至 30 位字母或数字）');
  if (/^(.)\1+$/.test(value)) return wrong('全部是同一个字符，请对照实车车架号核对');
  const grade = gradeVin(value);
  if (grade === 'check-digit-mismatch') return sound(value, '车辆识别代号校验位不符，请核对并补拍车架号拓印照');
  if (grade === 'malformed') return sound(value, '车辆识别代号含有不会出现的字母 I、O、Q，请核对并补拍车架号拓印照');
  if (grade === 'legacy') return sound(value, `只有 ${value.length} 位，按早年车架号处理，请补拍车架号拓印照`);
  return sound(value);
};

/** Whether a malformed VIN stands in the way: only on vehicles registered since 2005. Source: domain 3.1 (our proposal). */
export const vinBlocks = (vin: string, registrationDate: string | null): boolean =>
  gradeVin(vin) === 'malformed' && registrationDate !== null && registrationDate >= vinRequiredSince;
