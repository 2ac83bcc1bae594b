import { expect, test } from 'vitest';
import { seen, type Written } from '#testkit/papers/written-page.ts';
import { findPaperForm } from './paper-forms.ts';
import { readPaper } from './read-paper.ts';
import type { Point, Sighting } from './text-piece.ts';

const formOf = (paper: string) => {
  const form = findPaperForm(paper);
  if (!form) throw new Error(`no form ${paper}`);
  return form;
};
const [main, card] = [formOf('vehicle-licence-main'), formOf('id-card-front')];

const licence: readonly Written[] = [
  ['号牌号码', 4, 12],
  ['沪B20001', 18, 12],
  ['车辆类型', 45, 12],
  ['小型轿车', 60, 12],
  ['所有人', 4, 20],
  ['王三演示', 18, 20],
  ['住址', 4, 27],
  ['上海市黄浦区演示路1号', 18, 27],
  ['使用性质', 4, 35],
  ['非营运', 18, 35],
  ['品牌型号', 33, 35],
  ['大众汽车牌SVW71612BM', 47, 35],
  ['车辆识别代号', 26, 42],
  ['LTESTA001A0000001', 46, 42],
  ['发动机号码', 26, 48],
  ['TEST000001', 46, 48],
  ['注册日期', 26, 54],
  ['2012-05-01', 39, 54],
  ['发证日期', 57, 54],
  ['2016-06-09', 70, 54],
];

const truth = {
  plateNo: '沪B20001',
  vehicleTypeCode: 'K33',
  ownerName: '王三演示',
  address: '上海市黄浦区演示路1号',
  useNatureCode: 'A',
  brandModel: '大众汽车牌SVW71612BM',
  vin: 'LTESTA001A0000001',
  engineNo: 'TEST000001',
  registrationDate: '2012-05-01',
  issueDate: '2016-06-09',
};

const valuesIn = (sighting: Sighting, form = main) =>
  Object.fromEntries(Object.entries(readPaper(form, sighting).fields).map(([key, { value }]) => [key, value]));

test.each([0, 4, -7, 90, 180, 268])('R01: a licence lying at %s degrees is read', (degrees) => {
  expect(valuesIn(seen(licence, degrees))).toEqual(truth);
});

test('R01: a value printed off its line is still the value of its label', () => {
  const shifted = licence.map(
    ([text, x, y], order): Written => (order % 2 === 1 ? [text, x + 1, y + 1.6] : [text, x, y]),
  );

  expect(valuesIn(seen(shifted, 3))).toEqual(truth);
});

test('R01: label and value seen as one run are told apart', () => {
  const glued = licence.flatMap(([text, x, y], order): Written[] => {
    const next = licence[order + 1];
    return order % 2 === 0 ? [[text + (next?.[0] ?? ''), x, y]] : [];
  });

  expect(valuesIn(seen(glued))).toEqual(truth);
});

test('R01: a label misread in one letter is still that label', () => {
  const misread = licence.map(([text, x, y]): Written => [text.replace('车辆识别代号', '东辆识别代号'), x, y]);

  expect(valuesIn(seen(misread)).vin).toBe(truth.vin);
});

test('R01: a label drowned in glare is placed by the printed form', () => {
  const drowned = licence.filter(([text]) => text !== '发动机号码' && text !== '使用性质');

  expect(valuesIn(seen(drowned, 2))).toEqual(truth);
});

test('R01: an issue date is never taken for the registration date', () => {
  const without = licence.filter(([text]) => text !== '2012-05-01' && text !== '注册日期');

  expect(valuesIn(seen(without))).not.toHaveProperty('registrationDate');
});

/** The licence with another text at one place, as it was read there, and all ways to read it. */
const misreadAs = (value: string, readings: Readonly<Record<string, number>>): Sighting => {
  const sighting = seen(licence);
  const listed = Object.entries(readings).map(([text, share]) => ({ text, share }));
  const pieces = sighting.pieces.map((piece) =>
    piece.text.includes(value)
      ? { ...piece, text: piece.text.replace(value, listed[0]?.text ?? ''), confidence: 0.9, readings: listed }
      : piece,
  );
  return { ...sighting, pieces };
};

test('R01: a value is the likeliest of all its readings that can be one', () => {
  const plate = misreadAs('沪B20001', { B20001: 0.6, 沪B20001: 0.2, P820001: 0.05 });
  const vin = misreadAs('LTESTA001A0000001', { LTESTAO01A000000: 0.5, LTESTA001A000007: 0.1, LTESTA001A0000001: 0.1 });
  const use = misreadAs('非营运', { 菲管运: 0.3, 韭营远: 0.2, 非营运: 0.1 });

  expect(valuesIn(plate)).toEqual(truth);
  expect(valuesIn(vin)).toEqual(truth);
  expect(valuesIn(use)).toEqual(truth);
  expect(readPaper(main, use).fields.useNatureCode?.confidence).toBeLessThan(0.6);
});

test('R01: readings of a run that begins with its label are those of the value behind it', () => {
  const glued = licence.flatMap(([text, x, y], order): Written[] => {
    const next = licence[order + 1];
    return order % 2 === 0 ? [[text + (next?.[0] ?? ''), x, y]] : [];
  });
  const sighting = seen(glued);
  const pieces = sighting.pieces.map((piece) =>
    piece.text === '发动机号码TEST000001'
      ? {
          ...piece,
          text: '发动机号码TEST00000#',
          readings: [
            { text: '发动机号码TEST00000#', share: 0.3 },
            { text: '发动机号码TEST000001', share: 0.25 },
            { text: '发动机号TEST000007', share: 0.2 },
          ],
        }
      : piece,
  );

  expect(valuesIn({ ...sighting, pieces }).engineNo).toBe('TEST000001');
});

test('R01: a plate on a certificate whose label was not read is found by what it is, the lowest of two', () => {
  const certificate: readonly Written[] = [
    ['1.机动车所有人/身份证明名称/号码', 4, 0],
    ['2.登记机关', 4, 8],
    ['3.登记日期', 50, 8],
    ['2012-05-01', 70, 8],
    ['4.机丰统号', 95, 8],
    ['沪A12345', 125, 8],
    ['4.机丰统号', 95, 24],
    ['沪B20001', 125, 24],
    ['5.车辆类型', 4, 40],
    ['6.车辆品牌', 66, 40],
    ['7.车辆型号', 4, 49],
    ['8.车身颜色', 66, 49],
    ['11.发动机号', 4, 68],
    ['13.燃料种类', 4, 77],
    ['30.使用性质', 66, 90],
  ];

  expect(valuesIn(seen(certificate), formOf('registration-certificate-p12')).plateNo).toBe('沪B20001');
});

test('R01: a value with its place and a confidence that sinks with the letters', () => {
  const [plain, blurred] = [readPaper(main, seen(licence)), readPaper(main, seen(licence, 0, 0.97))];

  expect(plain.fields.plateNo?.confidence).toBeGreaterThan(0.95);
  expect(blurred.fields.plateNo?.confidence).toBeLessThan(0.85);
  expect(plain.fields.plateNo?.box?.x).toBeCloseTo((1000 + 10 * (18 - 45)) / 2000, 2);
  expect(plain.fields.plateNo?.box?.y).toBeCloseTo((1000 + 10 * (12 - 30)) / 2000, 2);
});

test('R01: an address goes on in the lines below', () => {
  const front: readonly Written[] = [
    ['姓名', 6, 7],
    ['彭涛演示', 15, 7],
    ['性别', 6, 14],
    ['男', 15, 14],
    ['住址', 6, 28],
    ['上海市闵行区虚构公路5', 15, 28],
    ['20号8室', 15, 32.5],
    ['公民身份号码', 6, 45],
    ['310107190302288437', 28, 45],
  ];

  expect(valuesIn(seen(front, -3), card)).toEqual({
    name: '彭涛演示',
    identityNo: '310107190302288437',
    address: '上海市闵行区虚构公路520号8室',
  });
});

test('R01: a label of which one letter was seen as a tall column does not take the lines around it', () => {
  const labels: readonly Written[] = [
    ['统一社会信用代码', 60, 10],
    ['91310110MA1N53101P', 90, 10],
    ['名称', 10, 25],
    ['演示环境科技有限公司', 35, 25],
    ['类', 10, 35],
    ['型', 22, 35],
    ['有限责任公司', 35, 35],
    ['住所', 10, 45],
    ['上海市静安区演示镇示例村1718号8幢3单元17', 35, 45],
    ['48室', 35, 49.8],
    ['法定代表人', 10, 60],
    ['阎健欣演示', 35, 60],
  ];
  const sighting = seen(labels);
  const pieces = sighting.pieces.map((piece) => {
    const [a, b, c, d] = piece.corners;
    const lower = ({ x, y }: Point): Point => ({ x, y: y + 110 });
    return piece.text === '类' ? { ...piece, corners: [a, b, lower(c), lower(d)] as const } : piece;
  });

  expect(valuesIn({ ...sighting, pieces }, formOf('business-licence')).address).toBe(
    '上海市静安区演示镇示例村1718号8幢3单元1748室',
  );
});

test('R01: with too few labels nothing is filled and the missing ones are named', () => {
  const result = readPaper(main, seen(licence.slice(0, 6)));

  expect(result).toMatchObject({ enough: false, fields: {} });
  expect(result.message).toMatch(/^没有认出行驶证正页上的住址、使用性质、.*，请重拍：/);
});

test('R01: a licence in the place of an identity card is told apart', () => {
  expect(readPaper(card, seen(licence)).message).toBe('这张照片像是行驶证正页，没有认出身份证人像面，请核对后重拍');
});
