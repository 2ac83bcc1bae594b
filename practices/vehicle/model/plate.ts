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

/** What the text of a plate tells: what it is, how it is painted, and which plate types it can have, the likeliest first. */
export interface PlateKindInfo {
  readonly kind: PlateKind;
  readonly title: string;
  /** Of the ordinary kind the type decides; this is the commonest. */
  readonly colour: PlateColour;
  /** The character at the end that is no serial number; painted red on police and consulate plates. */
  readonly suffix: string | null;
  /** Source: GA/T 16.7. */
  readonly typeCodes: readonly string[];
}

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const place = `[${provinces}][A-Z]`;
const serial = '[A-HJ-NP-Z0-9]';

const kinds: readonly (Omit<PlateKindInfo, 'suffix'> & { readonly shape: RegExp })[] = [
  {
    kind: 'new-energy-small',
    title: '小型新能源号牌',
    shape: new RegExp(`^${place}[ABCDEFGHJK]${serial}\\d{4}$`),
    colour: 'green',
    typeCodes: ['52'],
  },
  {
    kind: 'new-energy-large',
    title: '大型新能源号牌',
    shape: new RegExp(`^${place}\\d{5}[ABCDEFGHJK]$`),
    colour: 'yellow-green',
    typeCodes: ['51'],
  },
  {
    kind: 'trailer',
    title: '挂车号牌',
    shape: new RegExp(`^${place}${serial}{4}挂$`),
    colour: 'yellow',
    typeCodes: ['15'],
  },
  {
    kind: 'learner',
    title: '教练车号牌',
    shape: new RegExp(`^${place}${serial}{4}学$`),
    colour: 'yellow',
    typeCodes: ['16', '17'],
  },
  {
    kind: 'police',
    title: '警用号牌',
    shape: new RegExp(`^${place}${serial}{4}警$`),
    colour: 'white',
    typeCodes: ['23', '24'],
  },
  {
    kind: 'consulate',
    title: '领馆号牌',
    shape: new RegExp(`^${place}\\d{4}领$`),
    colour: 'black',
    typeCodes: ['04', '10'],
  },
  {
    kind: 'hk-macao',
    title: '港澳入出境号牌',
    shape: new RegExp(`^粤Z${serial}{4}[港澳]$`),
    colour: 'black',
    typeCodes: ['26', '27'],
  },
  {
    kind: 'ordinary',
    title: '普通号牌',
    shape: new RegExp(`^${place}${serial}{5}$`),
    colour: 'blue',
    typeCodes: ['02', '01', '07', '08', '13', '14', '25', '05', '06', '11', '12', '18', '19'],
  },
];

/** A plate as it is compared and stored: half width, upper case, without blanks, dots and hyphens. */
export const normalisePlate = (raw: string): string => normaliseCode(raw).replace(/[·•.\-‧・∙⋅●‐-―]/g, '');

/** What a normalised plate is; undefined when it is no plate. Source: GA 36-2018; domain 3.6. */
export const plateKind = (plate: string): PlateKindInfo | undefined => {
  const found = kinds.find(({ shape }) => shape.test(plate));
  if (!found) return undefined;
  const { kind, title, colour, typeCodes } = found;
  return { kind, title, colour, typeCodes, suffix: /[挂学警领港澳]$/.exec(plate)?.[0] ?? null };
};

/** A plate number of any kind on the road. Source: GA 36-2018; domain 3.6. */
export const checkPlate = (raw: string): Verdict => {
  const value = normalisePlate(raw);
  if (plateKind(value)) return sound(value);
  if (/[IO]/.test(value.slice(2))) return wrong('号牌序号不用字母 I 和 O，请核对是否为数字 1 或 0');
  return wrong('不是有效的号牌号码，例如 沪A12345，新能源车 沪AD12345');
};

/** Whether the plate was issued in Shanghai: only such vehicles are compared automatically. Source: tender R02. */
export const isShanghaiPlate = (plate: string): boolean => normalisePlate(plate).startsWith('沪');

/** Types that say nothing of the shape: temporary, without, false or lent plates, and others. */
const shapelessTypes: readonly string[] = ['20', '21', '22', '41', '42', '43', '99'];

/**
 * What is doubtful about a plate under a plate type; null when they fit. A wrong type makes police find no such vehicle, so it is
 * worth a word while the clerk still looks at the licence. Source: domain 9.2 (4040).
 */
export const plateTypeDoubt = (plate: string, plateTypeCode: string): string | null => {
  const info = plateKind(plate);
  if (!info || shapelessTypes.includes(plateTypeCode) || info.typeCodes.includes(plateTypeCode)) return null;
  return `${plate} 是${info.title}，与所选号牌种类不符，请核对号牌种类`;
};

/** Colours by plate type, of plates whose text does not tell. Source: GA/T 16.7 (codes), GA 36-2018 (colours). */
const colourOfType: Readonly<Record<string, PlateColour>> = {
  '01': 'yellow',
  '03': 'black',
  '04': 'black',
  '05': 'black',
  '06': 'black',
  '07': 'yellow',
  '09': 'black',
  '10': 'black',
  '11': 'black',
  '12': 'black',
  '13': 'yellow',
  '14': 'green',
  '15': 'yellow',
  '16': 'yellow',
  '17': 'yellow',
  '20': 'white',
  '21': 'white',
  '22': 'white',
  '23': 'white',
  '24': 'white',
  '25': 'green',
  '26': 'black',
  '27': 'black',
  '31': 'white',
  '32': 'white',
  '51': 'yellow-green',
  '52': 'green',
};

/** The colour of a plate: its text decides where it can, else its type code, else it is blue. */
export const plateColour = (plate: string, plateTypeCode: string | null): PlateColour => {
  const info = plateKind(plate);
  if (info && info.kind !== 'ordinary') return info.colour;
  return colourOfType[plateTypeCode ?? ''] ?? 'blue';
};
