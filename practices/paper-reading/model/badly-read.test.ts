import { expect, test } from 'vitest';
import { seen, type Written } from '#testkit/papers/written-page.ts';
import { findPaperForm } from './paper-forms.ts';
import { readPaper } from './read-paper.ts';
import type { Sighting } from './text-piece.ts';

const valuesIn = (paper: string, sighting: Sighting): Readonly<Record<string, string>> => {
  const form = findPaperForm(paper);
  if (!form) throw new Error(`no form ${paper}`);
  return Object.fromEntries(Object.entries(readPaper(form, sighting).fields).map(([key, { value }]) => [key, value]));
};
const paper = 'registration-certificate-p12';

/** Page two's rows stand 9.4 mm apart. */
const row = (order: number): number => 40 + 9.4 * order;
const certificate: readonly Written[] = [
  ['2.登记机关', 4, 8],
  ['3.登记日期', 50, 8],
  ['2012-05-01', 70, 8],
  ['4.机动车登记编号', 95, 8],
  ['沪B20001', 125, 8],
  ['5.车辆类型', 4, row(0)],
  ['小型轿车', 34, row(0)],
  ['6.车辆品牌', 70, row(0)],
  ['荣威牌', 95, row(0)],
  ['7.车辆型号', 4, row(1)],
  ['CSA7000BEV', 34, row(1)],
  ['8.车身颜色', 70, row(1)],
  ['蓝', 95, row(1)],
  ['9.车辆识别代号/车架号', 4, row(2)],
  ['LTESTA001A0000001', 34, row(2)],
  ['10.国产/进口', 70, row(2)],
  ['国产', 95, row(2)],
  ['11.发动机号', 4, row(3)],
  ['TEST000001', 34, row(3)],
  ['12.发动机型号', 70, row(3)],
  ['13.燃料种类', 4, row(4)],
  ['电', 34, row(4)],
  ['14.排量/功率', 70, row(4)],
  ['30.使用性质', 70, row(8)],
  ['非营运', 95, row(8)],
];
const truth = {
  plateNo: '沪B20001',
  vin: 'LTESTA001A0000001',
  vehicleTypeCode: 'K33',
  useNatureCode: 'A',
  fuelTypeCode: 'C',
  brandModel: '荣威牌CSA7000BEV',
  engineNo: 'TEST000001',
  registrationDate: '2012-05-01',
  bodyColourCode: 'H',
};

const readAs = (changes: Readonly<Record<string, string>>): readonly Written[] =>
  certificate.map(([text, x, y]): Written => [changes[text] ?? text, x, y]);

test('R01: a certificate is read', () => {
  expect(valuesIn(paper, seen(certificate))).toEqual(truth);
});

test('R01: a numbered label of which a third is legible is known by its number', () => {
  const garbled = readAs({
    '3.登记日期': '3.02日期',
    '7.车辆型号': '7.午#型号',
    '11.发动机号': '1L.#动#号',
    '13.燃料种类': 'l3.#种#',
    '30.使用性质': '30.经用性',
  });
  expect(valuesIn(paper, seen(garbled))).toEqual(truth);
});

test('R01: a number alone makes no label of another value', () => {
  const { useNatureCode, ...others } = truth;
  expect(useNatureCode).toBe('A');
  expect(valuesIn(paper, seen(readAs({ '30.使用性质': '30.####' })))).toEqual(others);
});

test('R01: what stands where the form has a label is that label, and no part of the value before it', () => {
  const garbled = readAs({ '6.车辆品牌': '6.手#', '8.车身颜色': '车9限#' });
  expect(valuesIn(paper, seen(garbled))).toEqual(truth);
});

/** The certificate with one text too faint to be read, and what it may be. */
const smudged = (value: string, readings: Readonly<Record<string, number>>): Sighting => {
  const sighting = seen(certificate);
  const ways = Object.entries(readings).map(([text, share]) => ({ text, share }));
  const pieces = sighting.pieces.map((piece) =>
    piece.text === value ? { ...piece, text: ways[0]?.text ?? '', confidence: 0.2, readings: ways } : piece,
  );
  return { ...sighting, pieces };
};

test('R01: of a smudge where one of few words can stand the likeliest of them is taken, in doubt; of any other nothing', () => {
  const colour = smudged('蓝', { 菜: 0.11, 蓝: 0.1, 蔬: 0.09 });
  expect(valuesIn(paper, colour)).toEqual(truth);
  const form = findPaperForm(paper);
  expect(form && readPaper(form, colour).fields.bodyColourCode?.confidence).toBeLessThan(0.5);
  expect(valuesIn(paper, smudged('TEST000001', { TEST000001: 0.2 }))).not.toHaveProperty('engineNo');
});

test('R01: a letter that two boxes saw is one letter', () => {
  const card: readonly Written[] = [
    ['姓名苏', 6, 8],
    ['苏芳演示', 14.2, 8],
    ['性别女', 6, 15],
    ['住址', 6, 29],
    ['上海市黄浦区模拟－村1号', 16, 29],
    ['公民身份号码', 6, 46],
    ['310107190302288437', 28, 46],
  ];
  expect(valuesIn('id-card-front', seen(card))).toEqual({
    name: '苏芳演示',
    identityNo: '310107190302288437',
    address: '上海市黄浦区模拟一村1号',
  });
});

test('R01: half a spread label may be another way to read its letter', () => {
  const licence: readonly Written[] = [
    ['统一社会信用代码', 60, 10],
    ['91310110MA1N53101P', 90, 10],
    ['名称', 10, 25],
    ['演示环境科技有限公司', 35, 25],
    ['聖', 22, 29],
    ['有限责任公司', 35, 29],
    ['住所', 10, 45],
    ['上海市静安区演示路1718号', 35, 45],
    ['法定代表人', 10, 60],
    ['阎健欣演示', 35, 60],
  ];
  const { pieces, ...sighting } = seen(licence);
  const readings = [
    { text: '聖', share: 0.42 },
    { text: '型', share: 0.41 },
  ];
  const doubtful = pieces.map((piece) => (piece.text === '聖' ? { ...piece, confidence: 0.7, readings } : piece));
  expect(valuesIn('business-licence', { ...sighting, pieces: doubtful }).name).toBe('演示环境科技有限公司');
});
