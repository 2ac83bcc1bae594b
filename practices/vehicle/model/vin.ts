import { isOneCharacter, normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

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

/**
 * How good a frame number is. `malformed`: not 17 of the allowed characters; `legacy`: the same, on a vehicle that may well carry such
 * a number: old, imported, or no automobile.
 */
export type VinGrade = 'valid' | 'check-digit-mismatch' | 'malformed' | 'legacy';

/** What bears on how strictly a frame number is judged; unknown is null. */
export interface VinFacts {
  /** First registration, `yyyy-MM-dd`. */
  readonly registrationDate: string | null;
  readonly vehicleTypeCode?: string | null;
  readonly imported?: boolean | null;
}

/** The day from which a domestic automobile must carry a well-formed VIN. Source: domain 3.1 (our proposal). */
export const vinRequiredSince = '2005-01-01';

const nothingKnown: VinFacts = { registrationDate: null };

/** Automobiles by type code: buses and cars, lorries, tractors for trailers, special vehicles. Source: GA/T 16.4. */
const isAutomobile = (typeCode: string): boolean => /^[KHQZ]/.test(typeCode);

const mayBeLegacy = ({ registrationDate, vehicleTypeCode, imported }: VinFacts): boolean =>
  (registrationDate !== null && registrationDate < vinRequiredSince) ||
  imported === true ||
  (typeof vehicleTypeCode === 'string' && !isAutomobile(vehicleTypeCode));

/** Grades a normalised frame number. Source: GB 16735; domain 3.1. */
export const gradeVin = (vin: string, facts: VinFacts = nothingKnown): VinGrade => {
  if (shape.test(vin)) return vinCheckDigit(vin) === vin[8] ? 'valid' : 'check-digit-mismatch';
  return mayBeLegacy(facts) ? 'legacy' : 'malformed';
};

const doubtOf = (vin: string): string | undefined => {
  if (vin.length !== 17) return `只有 ${vin.length} 位，早年旧车、进口车和摩托车可能如此，请核对并补拍车架号拓印照`;
  if (!shape.test(vin)) return '含有不会出现的字符（没有 I、O、Q），请核对是否为数字 1 或 0，并补拍车架号拓印照';
  return vinCheckDigit(vin) === vin[8] ? undefined : '校验位不符，请核对并补拍车架号拓印照';
};

/**
 * Reads a VIN or an old frame number. Only what can be no frame number at all is refused here; a wrong check digit or a wrong
 * length warns and asks for a rubbing photograph. {@link vinBlocks} says when that is not enough. Source: domain 0.7, 3.1.
 */
export const readVin = (raw: string): Verdict => {
  const value = normaliseCode(raw).replace(/[-·]/g, '');
  if (!/^[A-Z0-9*]{4,30}$/.test(value))
    return wrong('应为 17 位车辆识别代号，早年旧车填车架号（4 至 30 位字母或数字）');
  if (isOneCharacter(value)) return wrong('全部是同一个字符，请对照实车车架号核对');
  const doubt = doubtOf(value);
  return doubt === undefined ? sound(value) : sound(value, doubt);
};

/** World manufacturer identifiers assigned to China begin with L, lately also with H. Source: GB 16737. */
const isDomestic = (vin: string, { imported }: VinFacts): boolean => (imported == null ? /^[LH]/.test(vin) : !imported);

/** Whether a frame number stands in the way: malformed, on a domestic automobile registered since 2005. Source: domain 3.1 (our proposal). */
export const vinBlocks = (vin: string, facts: VinFacts): boolean =>
  gradeVin(vin, facts) === 'malformed' &&
  facts.registrationDate !== null &&
  facts.registrationDate >= vinRequiredSince &&
  isDomestic(vin, facts);
