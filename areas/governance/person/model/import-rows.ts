import type { Field } from '#kernel/fields/field.ts';
import { districtCodeOf } from '#practices/place/model/shanghai-districts.ts';
import {
  dayOf,
  type ImportColumn,
  type ImportFault,
  lineInHand,
  type ReadLines,
  repeatedLines,
  withFaults,
} from '#practices/workbook/model/import-columns.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import { type PersonField, type PersonValues, personFields } from './person.fields.ts';
import { newUserName } from './user-name.ts';

const fieldColumn = (name: PersonField, note: string, example: string): ImportColumn => {
  const { title, optional } = personFields[name] as Field;
  return { name, title, needed: !optional, note, example };
};

/** The columns of the template, in order. */
export const importColumns: readonly ImportColumn[] = [
  {
    name: 'userName',
    title: '用户名',
    needed: true,
    note: '3 至 20 位小写字母、数字或 . _ -，以字母开头；全系统不能重复',
    example: 'zhang.san',
  },
  fieldColumn('name', '与身份证一致', '张三演示'),
  fieldColumn('identityNo', '18 位；请把单元格设为文本格式，否则 Excel 会丢掉末几位', '310101199003070011'),
  fieldColumn('phone', '手机，或带区号的固定电话', '13800130000'),
  fieldColumn('email', '可不填', 'zhang@example.cn'),
  {
    name: 'organisation',
    title: '单位',
    needed: false,
    note: '单位全称或统一社会信用代码；不填时：企业管理员导入的归本企业，系统管理员导入的为平台人员',
    example: '',
  },
  fieldColumn('post', '可不填', '经办人'),
  fieldColumn('districtCode', '可不填；上海市的区，例如 浦东新区', '浦东新区'),
  fieldColumn('validUntil', '可不填，不填为长期；例如 2027-12-31', '2027-12-31'),
];

/** An organisation people may be entered for. */
export interface ImportOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly ending: string;
}

/** Where the asker may enter people. */
export interface ImportPlace {
  readonly organisations: readonly ImportOrganisation[];
  /** Whether an empty organisation means people of none; else it means the only one there is. */
  readonly platform: boolean;
  readonly ownNames: boolean;
  /** Today in Shanghai: an account cannot have ended before it was opened. */
  readonly today: string;
}

/** A line that is right. */
export interface GoodRow {
  readonly line: number;
  readonly userName: string;
  readonly organisationId: string | null;
  readonly values: PersonValues;
}

/** What a workbook says. */
export type ReadPeople = ReadLines<GoodRow>;

const asStored = (name: PersonField, text: string): string =>
  name === 'validUntil' ? dayOf(text) : name === 'districtCode' ? (districtCodeOf(text) ?? text) : text;

const organisationOf = (text: string, place: ImportPlace): { id: string | null; ending: string | null } | undefined => {
  if (text === '' && place.platform) return { id: null, ending: null };
  const [only] = place.organisations;
  const found =
    text === ''
      ? place.organisations.length === 1 && only
      : place.organisations.find(({ name, creditCode }) => text === name || text.toUpperCase() === creditCode);
  return found ? { id: found.id, ending: found.ending } : undefined;
};

const valueFault = (name: PersonField, text: string, today: string): { value: string | null } | { message: string } => {
  const field: Field = personFields[name];
  if (text === '') return field.optional ? { value: null } : { message: `请填写${field.title}` };
  const parsed = field.schema.safeParse(asStored(name, text));
  if (!parsed.success) return { message: parsed.error.issues[0]?.message ?? '内容不对' };
  if (name === 'validUntil' && String(parsed.data) < today) return { message: '有效期不能早于今天' };
  return { value: String(parsed.data) };
};

const readLine = (
  row: ReadRow,
  places: ReadonlyMap<string, number>,
  place: ImportPlace,
): { readonly row: GoodRow | null; readonly faults: readonly ImportFault[] } => {
  const { line, cell: cellOf, wrong, faults: told } = lineInHand(importColumns, places, row);
  const values: Record<string, string | null> = {};
  const organisation = organisationOf(cellOf('organisation'), place);
  if (!organisation) wrong('organisation', '没有这个单位，请填写单位全称或统一社会信用代码');
  const typed = cellOf('userName');
  const named = typed === '' ? undefined : newUserName(typed, organisation?.ending ?? null, place.ownNames);
  if (!named) wrong('userName', '请填写用户名');
  else if (!named.ok && organisation) wrong('userName', named.message);
  for (const name of Object.keys(personFields) as PersonField[]) {
    const read = valueFault(name, cellOf(name), place.today);
    if ('message' in read) wrong(name, read.message);
    else values[name] = read.value;
  }
  const faults = told();
  if (faults.length > 0 || !organisation || !named?.ok) return { row: null, faults };
  const { userName } = named;
  // Every field of the catalogue was read just above.
  return {
    row: { line, userName, organisationId: organisation.id, values: values as unknown as PersonValues },
    faults,
  };
};

/** Reads people from the lines under the head; everything wrong is told at once, by line and column. */
export const readPeople = (
  lines: readonly ReadRow[],
  places: ReadonlyMap<string, number>,
  place: ImportPlace,
): ReadPeople => {
  const read = lines.map((line) => readLine(line, places, place));
  const rows = read.flatMap(({ row }) => (row ? [row] : []));
  const names = repeatedLines(rows, ({ userName }) => userName);
  const identities = repeatedLines(rows, ({ organisationId, values }) => `${organisationId} ${values.identityNo}`);
  const twice = rows.flatMap(({ line }): ImportFault[] => [
    ...(names.has(line) ? [{ line, column: '用户名', message: `与第 ${names.get(line)} 行重复` }] : []),
    ...(identities.has(line) ? [{ line, column: '身份证号码', message: `与第 ${identities.get(line)} 行重复` }] : []),
  ]);
  return withFaults({ total: lines.length, good: rows, faults: read.flatMap(({ faults }) => faults) }, twice);
};
