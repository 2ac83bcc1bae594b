import { normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

/** What a plate is, as its text tells; two-wheel and low-speed plates share the ordinary shape. */
export type PlateKind =
  | 'ordinary'
  | 'new-energy-small'
  | 'new-energy-large'
  | 'trailer'
  | 'learner'
  | 'police'
  | 'consulate'
  | 'hk-macao';

/** How a plate is painted. Source: GA 36-2018. */
export type PlateColour = 'blue' | 'yellow' | 'green' | 'yellow-green' | 'white' | 'black';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const letters = 'A-HJ-NP-Z';
const shapes: readonly { readonly kind: PlateKind; readonly shape: RegExp }[] = [
  { kind: 'new-energy-small', shape: new RegExp(`^[${provinces}][A-Z][ABCDEFGHJK][${letters}0-9]\\d{4}$`) },
  { kind: 'new-energy-large', shape: new RegExp(`^[${provinces}][A-Z]\\d{5}[ABCDEFGHJK]$`) },
  { kind: 'trailer', shape: new RegExp(`^[${provinces}][A-Z][${letters}0-9]{4}挂$`) },
  { kind: 'learner', shape: new RegExp(`^[${provinces}][A-Z][${letters}0-9]{4}学$`) },
  { kind: 'police', shape: new RegExp(`^[${provinces}][A-Z][${letters}0-9]{4}警$`) },
  { kind: 'consulate', shape: new RegExp(`^[${provinces}][A-Z]\\d{4}领$`) },
  { kind: 'hk-macao', shape: new RegExp(`^粤Z[${letters}0-9]{4}[港澳]$`) },
  { kind: 'ordinary', shape: new RegExp(`^[${provinces}][A-Z][${letters}0-9]{5}$`) },
];

/** A plate as it is compared and stored: half width, upper case, without blanks, dots and hyphens. */
export const normalisePlate = (raw: string): string => normaliseCode(raw).replace(/[·•.\-‧・]/g, '');

/** The kind of a normalised plate; undefined when it is no plate. Source: GA 36-2018; domain 3.6. */
export const findPlateKind = (plate: string): PlateKind | undefined =>
  shapes.find(({ shape }) => shape.test(plate))?.kind;

/** A plate number of any kind on the road. */
export const checkPlate = (raw: string): Verdict => {
  const value = normalisePlate(raw);
  if (findPlateKind(value)) return sound(value);
  if (/[IO]/.test(value.slice(2))) return wrong('号牌序号不用字母 I 和 O，请核对是否为数字 1 或 0');
  return wrong('不是有效的号牌号码，例如 沪A12345，新能源车 沪AD12345');
};

/** Whether the plate was issued in Shanghai: only such vehicles are compared automatically. Source: tender R02. */
export const isShanghaiPlate = (plate: string): boolean => plate.startsWith('沪');

const yellowTypes = ['01', '07', '13', '15', '16', '17'];
const blackTypes = ['03', '04', '05', '06', '09', '10', '11', '12', '26', '27'];

/** The colours of a plate, from its text and, where known, its type code. */
export const plateColour = (plate: string, plateTypeCode: string | null): PlateColour => {
  const kind = findPlateKind(plate);
  if (kind === 'new-energy-small') return 'green';
  if (kind === 'new-energy-large') return 'yellow-green';
  if (kind === 'police' || plateTypeCode === '23' || plateTypeCode === '24') return 'white';
  if (kind === 'consulate' || kind === 'hk-macao' || blackTypes.includes(plateTypeCode ?? '')) return 'black';
  if (kind === 'trailer' || kind === 'learner' || yellowTypes.includes(plateTypeCode ?? '')) return 'yellow';
  return 'blue';
};
