import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plateTypes } from './codes.ts';
import {
  checkPlate,
  isShanghaiPlate,
  normalisePlate,
  type PlateKind,
  plateColour,
  plateKind,
  plateTypeDoubt,
} from './plate.ts';

const examples: readonly [string, PlateKind, string][] = [
  ['沪A12345', 'ordinary', 'blue'],
  ['沪C8K888', 'ordinary', 'blue'],
  ['沪AD12345', 'new-energy-small', 'green'],
  ['沪AF12345', 'new-energy-small', 'green'],
  ['沪AAA1234', 'new-energy-small', 'green'],
  ['沪A12345D', 'new-energy-large', 'yellow-green'],
  ['沪A1234挂', 'trailer', 'yellow'],
  ['沪A1234学', 'learner', 'yellow'],
  ['沪A1234警', 'police', 'white'],
  ['沪A0012领', 'consulate', 'black'],
  ['粤Z1234港', 'hk-macao', 'black'],
  ['粤Z1234澳', 'hk-macao', 'black'],
];

describe('plates', () => {
  it.each(examples)('%s is %s, painted %s', (plate, kind, colour) => {
    expect(checkPlate(plate)).toEqual({ ok: true, value: plate, warnings: [] });
    expect(plateKind(plate)).toMatchObject({ kind, colour });
    expect(plateColour(plate, null)).toBe(colour);
  });

  it.each([
    '沪A1234',
    '沪AI2345',
    '沪AL12345',
    '沪AD1234A',
    '沪A123456',
    '沪A12345挂',
    '沪A学1234',
    '沪警1234',
    '沪AO012领',
    '粤A1234港',
    '',
    '无',
    '1A12345',
  ])('%s is refused', (plate) => {
    expect(checkPlate(plate)).toEqual({ ok: false, message: expect.any(String) });
    expect(plateKind(plate)).toBeUndefined();
  });

  it.each(['沪AI2345', '沪AO012领'])('%s is told of I and O', (plate) => {
    expect(checkPlate(plate)).toMatchObject({ message: expect.stringContaining('字母 I 和 O') });
  });

  it.each([
    ['沪A·12345', '沪A12345'],
    ['沪A•12345', '沪A12345'],
    [' 沪 a 1２３45 ', '沪A12345'],
    ['沪A-12345', '沪A12345'],
    ['沪A—12345', '沪A12345'],
    ['沪Ａ．１２３４５', '沪A12345'],
  ])('%s is compared as %s', (raw, plate) => {
    expect(normalisePlate(raw)).toBe(plate);
  });

  it('separates the character that is no serial number', () => {
    expect(plateKind('沪A1234挂')?.suffix).toBe('挂');
    expect(plateKind('粤Z1234澳')?.suffix).toBe('澳');
    expect(plateKind('沪A12345')?.suffix).toBeNull();
  });

  it('is Shanghai by its first character', () => {
    expect(isShanghaiPlate('沪C12345')).toBe(true);
    expect(isShanghaiPlate(' 沪 A·12345')).toBe(true);
    expect(isShanghaiPlate('苏E12345')).toBe(false);
    expect(isShanghaiPlate('')).toBe(false);
  });

  it('every ordinary plate anybody could be given is one', () => {
    const serial = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');
    const plates = fc
      .tuple(
        fc.constantFrom(...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'),
        fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'),
        fc.array(serial, { minLength: 5, maxLength: 5 }),
      )
      .map(([province, city, digits]) => `${province}${city}${digits.join('')}`);
    fc.assert(fc.property(plates, (plate) => plateKind(plate)?.kind === 'ordinary' && checkPlate(plate).ok));
  });

  it('never throws, and what it accepts it accepts again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'沪粤ADZ123挂领港·- ') })),
        (raw) => {
          const verdict = checkPlate(raw);
          if (verdict.ok) expect(checkPlate(verdict.value)).toEqual(verdict);
        },
      ),
    );
  });
});

describe('colour by type', () => {
  it.each([
    ['沪A12345', '01', 'yellow'],
    ['沪A12345', '02', 'blue'],
    ['沪A12345', '06', 'black'],
    ['沪A12345', '07', 'yellow'],
    ['沪A12345', '08', 'blue'],
    ['沪A12345', '14', 'green'],
    ['沪A12345', '77', 'blue'],
    ['014578', '03', 'black'],
    ['沪AD12345', '02', 'green'],
  ])('%s of type %s is %s', (plate, type, colour) => {
    expect(plateColour(plate, type)).toBe(colour);
  });
});

describe('a plate under a plate type', () => {
  it.each([
    ['沪A12345', '02'],
    ['沪A12345', '01'],
    ['沪AD12345', '52'],
    ['沪A12345D', '51'],
    ['沪A1234挂', '15'],
    ['沪A12345', '22'],
    ['no plate', '02'],
  ])('%s fits %s', (plate, type) => {
    expect(plateTypeDoubt(plate, type)).toBeNull();
  });

  it.each([
    ['沪AD12345', '02', /小型新能源号牌/],
    ['沪A12345', '52', /普通号牌/],
    ['沪A1234挂', '01', /挂车号牌/],
  ])('%s does not fit %s', (plate, type, doubt) => {
    expect(plateTypeDoubt(plate, type)).toMatch(doubt);
  });

  it('knows every type it names, and offers the likeliest first', () => {
    for (const [plate] of examples)
      for (const type of plateKind(plate)?.typeCodes ?? []) expect(plateTypes[type]).toBeDefined();
    expect(plateKind('沪A12345')?.typeCodes[0]).toBe('02');
  });
});
