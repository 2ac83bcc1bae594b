import { expect, test } from 'vitest';
import { fuelTypes, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import { fuelAliases } from './forms/fuel-aliases.ts';
import { repaired } from './repair.ts';
import {
  understandCreditCode,
  understandEngineNumber,
  understandFileNumber,
  understandIdentityNumber,
  understandPlate,
  understandVin,
} from './understand-codes.ts';
import {
  understandAddress,
  understandBrandModel,
  understandChoice,
  understandDay,
  understandDayAfter,
  understandMention,
  understandName,
  understandNumber,
} from './understand-words.ts';

const sure = 0.99;
const faint = 0.7;

test('R01: a VIN is read with O and Q as 0 and I as 1, and its check digit proves it', () => {
  expect(understandVin('LTESTAOO1A000000I', sure)).toMatchObject({ value: 'LTESTA001A0000001', proven: true });
});

test('R01: a faint VIN is mended only when exactly one look-alike has the right check digit', () => {
  expect(understandVin('LSVAB4BRSE2146453', faint)).toEqual({ value: 'LSVAB4BR5E2146453', sureness: 0.85 });
  expect(understandVin('LSVA84BR5E2146453', faint)).toEqual({ value: 'LSVA84BR5E2146453', sureness: 0.75 });
  expect(repaired('08', (candidate) => candidate !== '08')).toBeUndefined();
});

test('R01: a plainly read VIN with a wrong check digit stays as printed, in doubt', () => {
  expect(understandVin('LTESTA002A0000056', sure)).toEqual({ value: 'LTESTA002A0000056', sureness: 0.75 });
});

test('R01: plates lose their dot, read O as 0 in the serial, and are nothing when they are no plate', () => {
  expect(understandPlate('沪A·12O45', sure)?.value).toBe('沪A12045');
  expect(understandPlate('沪AD12345', sure)?.value).toBe('沪AD12345');
  expect(understandPlate('310012345678', sure)).toBeUndefined();
});

test('R01: a letter that is no province is the province it looks like, in doubt', () => {
  expect(understandPlate('泸AD12345', sure)).toEqual({ value: '沪AD12345', sureness: 0.5 });
  expect(understandPlate('苏055611', sure)).toEqual({ value: '苏D55611', sureness: 0.5 });
  expect(understandPlate('国A12345', sure)).toBeUndefined();
});

test('R01: of eight places one is the letter of new energy; a plate cut short is in doubt', () => {
  expect(understandPlate('沪8028241', sure)).toEqual({ value: '沪BD28241', sureness: 0.5 });
  expect(understandPlate('沪B1282417', sure)).toEqual({ value: '沪B12824', sureness: 0.5 });
});

test('R01: a brand faintly read is the one known brand it nearly is; plainly read, and when two are as near, it stays', () => {
  expect(understandBrandModel('解放片牌CA3250P66', faint)?.value).toBe('解放牌CA3250P66');
  expect(understandBrandModel('解放片牌CA3250P66', sure)).toEqual({ value: '解放片牌CA3250P66', sureness: 0.9 });
  expect(understandBrandModel('荣成牌CSA7000BEV', faint)?.value).toBe('荣威牌CSA7000BEV');
  expect(understandBrandModel('东凤牌DFL1160BX2', faint)).toEqual({ value: '东凤牌DFL1160BX2', sureness: 0.3 });
  expect(understandBrandModel('荣威牌CSA70#0BEV', faint)?.sureness).toBeLessThan(0.5);
  expect(understandBrandModel('大众汽车牌svw71612BM', sure)).toEqual({ value: '大众汽车牌SVW71612BM', sureness: 1 });
});

test('R01: an address begins with a province: a letter before it is a speck, the one that 上海市 lost is known by its district; such mends are doubtful', () => {
  expect(understandAddress('上上海市宝山区示例路1号', sure)).toEqual({
    value: '上海市宝山区示例路1号',
    sureness: 0.5,
  });
  expect(understandAddress('海市青浦区示例路1号', sure)).toEqual({ value: '上海市青浦区示例路1号', sureness: 0.5 });
  expect(understandAddress('海市示例路1号', sure)).toEqual({ value: '海市示例路1号', sureness: 1 });
  expect(understandAddress('上海市光明－村1号', sure)).toEqual({ value: '上海市光明一村1号', sureness: 0.5 });
  for (const dashed of ['上海市示例路三号楼—二单元', '上海市示例路三－号楼'])
    expect(understandAddress(dashed, sure)).toEqual({ value: dashed, sureness: 1 });
  expect(understandAddress('江苏省示例市江宁路1号', sure)).toEqual({ value: '江苏省示例市江宁路1号', sureness: 1 });
});

test('R01: between a known brand and its model stands 牌, however it was read', () => {
  const faint = 0.5;
  expect(understandBrandModel('本田#DHW6454R3ASD', sure)).toEqual({ value: '本田牌DHW6454R3ASD', sureness: 0.9 });
  expect(understandBrandModel('荣威清CSA7000BEV', faint)?.value).toBe('荣威牌CSA7000BEV');
  expect(understandBrandModel('荣威清CSA7000BEV', sure)?.value).toBe('荣威清CSA7000BEV');
  expect(understandBrandModel('本田DHW6454R3ASD', sure)).toEqual({ value: '本田DHW6454R3ASD', sureness: 0.6 });
  expect(understandBrandModel('本田#DHW64#4R3ASD', sure)?.sureness).toBeLessThan(0.5);
});

test('R01: an identity number is proven by its check digit, O being read as 0', () => {
  expect(understandIdentityNumber('3101O7190302288437', sure)).toMatchObject({
    value: '310107190302288437',
    proven: true,
  });
  expect(understandIdentityNumber('310107190302288438', sure)?.sureness).toBe(0.6);
});

test('R01: engine numbers keep letters and digits; trailers have none', () => {
  expect(understandEngineNumber('TEST 000001', sure)?.value).toBe('TEST000001');
  expect(understandEngineNumber('无', sure)?.value).toBe('无');
  expect(understandEngineNumber('汽油', sure)).toBeUndefined();
  expect(understandEngineNumber('#145465K', sure)).toEqual({ value: '145465K', sureness: 0.3 });
});

test('R01: file numbers of another length than 12 are in doubt', () => {
  expect(understandFileNumber('310071691913', sure)).toEqual({ value: '310071691913', sureness: 1 });
  expect(understandFileNumber('3100716919', sure)?.sureness).toBe(0.6);
  expect(understandFileNumber('沪A12345', sure)).toBeUndefined();
});

test.each([
  ['2012-05-01', '2012-05-01'],
  ['2012年5月1日', '2012-05-01'],
  ['2O12-05-0l', '2012-05-01'],
  ['2012-13-01', undefined],
  ['2013-02-29', undefined],
])('R01: the day in %s is %s', (text, day) => {
  expect(understandDay(text, sure)?.value).toBe(day);
});

test('R01: of several days in a remark the one after its word counts', () => {
  const understand = understandDayAfter(/报废期止[:：]?/);
  expect(understand('检验有效期至2014年05月01日强制报废期止:2027-05-01', sure)?.value).toBe('2027-05-01');
});

test('R01: masses are digits without their unit, whatever a 1 was taken for', () => {
  expect(understandNumber(5)('162ikg', sure)?.value).toBe('1621');
  expect(understandNumber(3)('5人', sure)?.value).toBe('5');
  expect(understandNumber(5)('--', sure)).toBeUndefined();
});

test('R01: titles are snapped to the code whose title they nearly are, and to none when two are as near', () => {
  expect(understandChoice(vehicleTypes)('小型轿车', sure)).toEqual({ value: 'K33', sureness: 1 });
  expect(understandChoice(vehicleTypes)('小型轿东', sure)).toEqual({ value: 'K33', sureness: 0.85 });
  expect(understandChoice(useNatures)('非营远', sure)?.value).toBe('A');
  expect(understandChoice(vehicleTypes)('上海市公安局', sure)).toBeUndefined();
});

test('R01: a remark names the fuel by its title or by what people call it', () => {
  const understand = understandMention(fuelTypes, fuelAliases, /强制报废期止[:：]?[\d-]*/);

  expect(understand('强制报废期止:2030-01-01汽油', sure)?.value).toBe('A');
  expect(understand('纯电动', sure)?.value).toBe('C');
  expect(understand('电  强制报废期止:2099-12-31', sure)?.value).toBe('C');
  expect(understand('有电话登记', sure)).toBeUndefined();
});

test('R01: names lose blanks and specks, and brackets are full width', () => {
  expect(understandName('丨演示商贸(上海) 有限公司', sure)?.value).toBe('演示商贸（上海）有限公司');
});

test('R01: a credit code has Q in its alphabet and no O', () => {
  expect(understandCreditCode('9131O116MA1H44250Q', sure)).toMatchObject({ value: '91310116MA1H44250Q', proven: true });
});
