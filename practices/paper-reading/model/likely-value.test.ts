import { expect, test } from 'vitest';
import { bodyColours } from '#practices/vehicle/model/codes.ts';
import { combined, likelyValue } from './likely-value.ts';
import type { Reading } from './text-piece.ts';
import { understandPlate, understandVin } from './understand-codes.ts';
import { understandBrandModel, understandChoice, understandDay } from './understand-words.ts';

/** Readings as the recogniser gave them, each with its share. */
const read = (readings: Readonly<Record<string, number>>): readonly Reading[] =>
  Object.entries(readings).map(([text, share]) => ({ text, share }));

test('R01: a plate whose province was overlooked is the reading that has one', () => {
  const readings = read({ KD67591: 0.56, 沪KD67591: 0.23, 泸KD67591: 0.06, 户KD67591: 0.04, PKD67591: 0.02 });

  expect(likelyValue(understandPlate, readings)?.value).toBe('沪KD67591');
});

test('R01: a plate whose province was taken for a common letter keeps its province', () => {
  const readings = read({ 的E26737: 0.4, 完E26737: 0.16, 皖E26737: 0.13, E26737: 0.13, 院E26737: 0.1 });

  expect(likelyValue(understandPlate, readings)?.value).toBe('皖E26737');
});

test('R01: a letter read counts more than one guessed for a digit in its place', () => {
  const readings = read({ 沪14944: 0.51, 沪014944: 0.17, 沪C14944: 0.12, 沪614944: 0.03 });

  expect(likelyValue(understandPlate, readings)?.value).toBe('沪C14944');
});

test('R01: of several readings of a VIN the likeliest with the right check digit is believed', () => {
  const readings = read({
    LWSKH0GL0BN789513: 0.62,
    LWSKH0GL08N789513: 0.11,
    LWSKH0GL0BM789513: 0.1,
    LWSKH0GL0BH789513: 0.05,
  });

  expect(likelyValue(understandVin, readings)).toMatchObject({ value: 'LWSKH0GL0BM789513', proven: true });
});

test('R01: readings that spell the same VIN count together, a letter missed by most is found', () => {
  const readings = read({
    LXETWZKHID301829: 0.3,
    LXETWZKHIDN301829: 0.2,
    LXETWZKHIDW301829: 0.16,
    LXETWZKH1DW301829: 0.1,
  });

  const likely = likelyValue(understandVin, readings);
  expect(likely?.value).toBe('LXETWZKH1DW301829');
  expect(likely?.share).toBeLessThan(0.9);
});

test('R01: a VIN plainly read stays as printed, though a rarer reading has the right check digit', () => {
  const readings = read({ LTESTA002A0000056: 0.93, LTESTA001A0000056: 0.02, LTESTA001A0000001: 0.01 });

  expect(likelyValue(understandVin, readings)?.value).toBe('LTESTA002A0000056');
});

test('R01: a colour of one letter is the one of the list among its readings, with the doubt its share leaves', () => {
  const likely = likelyValue(understandChoice(bodyColours), read({ 美: 0.3, 黑: 0.25, 星: 0.1 }));

  expect(likely?.value).toBe(Object.entries(bodyColours).find(([, title]) => title === '黑')?.[0]);
  expect(likely?.share).toBeLessThan(0.5);
});

test('R01: a day that does not exist is no reading of a day', () => {
  expect(likelyValue(understandDay, read({ '2013-09-31': 0.5, '2013-09-21': 0.3 }))?.value).toBe('2013-09-21');
  expect(likelyValue(understandDay, read({ '2013-09-31': 0.5 }))).toBeUndefined();
  expect(likelyValue(understandDay, [])).toBeUndefined();
});

test('R01: a brand among the readings is likelier than a word that is none', () => {
  const brand = read({ 全龙牌: 0.45, 金龙牌: 0.15, 全龙烤: 0.02 });

  const texts = combined([brand, read({ XMQ6706AYD4D: 0.9 })], 10);
  expect(likelyValue(understandBrandModel, texts)?.value).toBe('金龙牌XMQ6706AYD4D');
});

test('R01: parts are put together in order, the likeliest texts first, no more than wanted', () => {
  const texts = combined([read({ 上海: 0.7, 上每: 0.3 }), read({ 路: 0.9, 跆: 0.1 })], 3);

  expect(texts.map(({ text }) => text)).toEqual(['上海路', '上每路', '上海跆']);
  expect(texts[0]?.share).toBeCloseTo(0.63);
  expect(combined([], 3)).toEqual([{ text: '', share: 1 }]);
});
