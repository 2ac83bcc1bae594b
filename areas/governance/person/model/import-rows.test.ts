import { expect, test } from 'vitest';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import { columnPlaces } from '#practices/workbook/model/import-columns.ts';
import { type ImportPlace, importColumns, readPeople } from './import-rows.ts';

const yard = { id: 'yard-1', name: '示例一厂', creditCode: '91310115MADEMA0198', ending: '@madema019' };
const everywhere: ImportPlace = { organisations: [yard], platform: true, ownNames: false, today: '2026-11-23' };
const own: ImportPlace = { ...everywhere, platform: false, ownNames: true };

const head = importColumns.map(({ title, needed }) => (needed ? `${title}*` : title));
const { places } = columnPlaces(importColumns, head);
const identity = (n: number): string => {
  const first = `31010119900307${String(n).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
};
type Cell = string | number | boolean | Date | null;
const line = (n: number, more: Readonly<Record<string, Cell>> = {}) => {
  const cells: Record<string, Cell> = {
    userName: `person${n}`,
    name: '张三演示',
    identityNo: identity(n),
    phone: '13800130000',
    ...more,
  };
  return { line: n + 1, cells: importColumns.map(({ name }) => cells[name] ?? null) };
};
const read = (lines: readonly ReturnType<typeof line>[], place = everywhere) => readPeople(lines, places, place);
const only = (more: Readonly<Record<string, Cell>>, place = everywhere) => read([line(1, more)], place);

test('R42: columns are found by title, whatever their order, and missing ones are named', () => {
  const turned = columnPlaces(importColumns, ['姓名', ' 用户名 *', '备注', '身份证号码']);
  expect([turned.places.get('userName'), turned.places.get('name'), turned.places.get('identityNo')]).toEqual([
    1, 0, 3,
  ]);
  expect(turned.missing).toEqual(['手机或电话']);
});

test('R42: a good line is read in its stored form', () => {
  const { good, faults } = only({
    phone: 13_800_130_000,
    districtCode: '浦东新',
    organisation: '91310115madema0198',
    validUntil: new Date('2027-12-31T00:00:00Z'),
  });
  expect(faults).toEqual([]);
  expect(good[0]).toMatchObject({
    userName: 'person1',
    organisationId: 'yard-1',
    values: { phone: '13800130000', districtCode: '310115', validUntil: '2027-12-31', email: null },
  });
});

test.each([
  [{ identityNo: '310101199003070010' }, '身份证号码', /校验位/],
  [{ identityNo: 3.101011990030701e17 }, '身份证号码', /文本格式/],
  [{ identityNo: null }, '身份证号码', /请填写/],
  [{ phone: '123' }, '手机或电话', /手机/],
  [{ email: 'nobody' }, '电子邮箱', /邮箱/],
  [{ organisation: '没有的厂' }, '单位', /没有这个单位/],
  [{ userName: '张三' }, '用户名', /小写字母/],
  [{ userName: null }, '用户名', /请填写用户名/],
  [{ name: '王' }, '姓名', /至少 2 个字/],
  [{ validUntil: '2026-11-22' }, '有效期至', /早于今天/],
  [{ validUntil: '明年' }, '有效期至', /日期/],
  [{ districtCode: '朝阳区' }, '所属区', /请选择/],
])('R42: %j is told at its cell', (more, column, message) => {
  const { good, faults } = only(more);
  expect(good).toEqual([]);
  expect(faults).toEqual([{ line: 2, column, message: expect.stringMatching(message) }]);
});

test('R42: what stands twice in a file is told at the later line', () => {
  const { good, faults } = read([line(1), line(2, { userName: 'Person1' }), line(3, { identityNo: identity(1) })]);
  expect(good.map((row) => row.line)).toEqual([2]);
  expect(faults).toEqual([
    { line: 3, column: '用户名', message: '与第 2 行重复' },
    { line: 4, column: '身份证号码', message: '与第 2 行重复' },
  ]);
});

test('R42: an enterprise’s own file needs no organisation and makes names of its own', () => {
  expect(only({}, own).good[0]).toMatchObject({ organisationId: 'yard-1', userName: 'person1@madema019' });
  expect(only({}, everywhere).good[0]).toMatchObject({ organisationId: null, userName: 'person1' });
  const two = { ...own, organisations: [yard, { ...yard, id: 'yard-2', name: '二厂' }] };
  expect(only({}, two).faults).toEqual([expect.objectContaining({ column: '单位' })]);
});

test('R42: one bad line in a thousand leaves the others good', () => {
  const lines = Array.from({ length: 999 }, (_, n) => line(n));
  const { total, good, faults } = read([...lines, { ...line(0, { userName: 'x' }), line: 1001 }]);
  expect([total, good.length]).toEqual([1000, 999]);
  expect(new Set(faults.map((fault) => fault.line))).toEqual(new Set([1001]));
});
