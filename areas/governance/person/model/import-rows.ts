import type { Field } from '#kernel/fields/field.ts';
import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';
import { districts } from './districts.ts';
import { type PersonField, type PersonValues, personFields } from './person.fields.ts';
import type { ImportFault } from './person-import.contract.ts';
import { newUserName } from './user-name.ts';

/** A column of the import: its title in the first line, and what it is for. */
export interface ImportColumn {
  readonly name: 'userName' | 'organisation' | PersonField;
  readonly title: string;
  readonly needed: boolean;
  readonly note: string;
  readonly example: string;
}

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
export interface ReadPeople {
  readonly total: number;
  readonly good: readonly GoodRow[];
  readonly faults: readonly ImportFault[];
}

type Cell = string | number | boolean | Date | null;

/** A line as it was read. */
export interface Line {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** A cell that cannot be taken as it stands. */
class Unreadable extends Error {}

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number' && !Number.isSafeInteger(cell)) {
    throw new Unreadable('数字过长，Excel 已丢掉末几位；请把单元格设为文本格式后重新填写');
  }
  return String(cell).trim();
};

const dayOf = (text: string): string => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(toHalfWidth(text)) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
};

const districtOf = (text: string): string =>
  Object.entries(districts).find(([code, name]) => text === code || text === name || `${text}区` === name)?.[0] ?? text;

const asStored = (name: PersonField, text: string): string =>
  name === 'validUntil' ? dayOf(text) : name === 'districtCode' ? districtOf(text) : text;

/** The place of each column, by its title; whatever else the file has is not looked at. */
export const columnPlaces = (
  head: readonly Cell[],
): { readonly places: ReadonlyMap<string, number>; readonly missing: readonly string[] } => {
  const titles = head.map((cell) => (typeof cell === 'string' ? cell.replace(/[\s*＊]/g, '') : ''));
  const places = new Map(importColumns.map(({ name, title }) => [name as string, titles.indexOf(title)]));
  const missing = importColumns.filter(({ name, needed }) => needed && places.get(name) === -1);
  return { places, missing: missing.map(({ title }) => title) };
};

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
  { line, cells }: Line,
  places: ReadonlyMap<string, number>,
  place: ImportPlace,
): { readonly row: GoodRow | null; readonly faults: readonly ImportFault[] } => {
  const faults: ImportFault[] = [];
  const values: Record<string, string | null> = {};
  const wrong = (name: string, message: string): void => {
    faults.push({ line, column: importColumns.find((one) => one.name === name)?.title ?? name, message });
  };
  const cellOf = (name: string): string => {
    try {
      return textOf(cells[places.get(name) ?? -1]);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      wrong(name, error.message);
      return '';
    }
  };
  const organisation = organisationOf(cellOf('organisation'), place);
  if (!organisation) wrong('organisation', '没有这个单位，请填写单位全称或统一社会信用代码');
  const typed = cellOf('userName');
  const named = typed === '' ? undefined : newUserName(typed, organisation?.ending ?? null, place.ownNames);
  if (!named) wrong('userName', '请填写用户名');
  else if (!named.ok && organisation) wrong('userName', named.message);
  for (const name of Object.keys(personFields) as PersonField[]) {
    const before = faults.length;
    const text = cellOf(name);
    if (faults.length > before) continue;
    const read = valueFault(name, text, place.today);
    if ('message' in read) wrong(name, read.message);
    else values[name] = read.value;
  }
  if (faults.length > 0 || !organisation || !named?.ok) return { row: null, faults };
  // Every field of the catalogue was read just above.
  const row = {
    line,
    userName: named.userName,
    organisationId: organisation.id,
    values: values as unknown as PersonValues,
  };
  return { row, faults };
};

/** Lines whose value of a kind stands in an earlier line already. */
const repeated = (rows: readonly GoodRow[], keyOf: (row: GoodRow) => string): ReadonlyMap<number, number> => {
  const first = new Map<string, number>();
  const again = new Map<number, number>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = first.get(key);
    if (before === undefined) first.set(key, row.line);
    else again.set(row.line, before);
  }
  return again;
};

/** Reads people from the lines under the head; everything wrong is told at once, by line and column. */
export const readPeople = (
  lines: readonly Line[],
  places: ReadonlyMap<string, number>,
  place: ImportPlace,
): ReadPeople => {
  const read = lines.map((line) => readLine(line, places, place));
  const rows = read.flatMap(({ row }) => (row ? [row] : []));
  const names = repeated(rows, ({ userName }) => userName);
  const identities = repeated(rows, ({ organisationId, values }) => `${organisationId} ${values.identityNo}`);
  const twice = rows.flatMap(({ line }): ImportFault[] => [
    ...(names.has(line) ? [{ line, column: '用户名', message: `与第 ${names.get(line)} 行重复` }] : []),
    ...(identities.has(line) ? [{ line, column: '身份证号码', message: `与第 ${identities.get(line)} 行重复` }] : []),
  ]);
  return withFaults({ total: lines.length, good: rows, faults: read.flatMap(({ faults }) => faults) }, twice);
};

/** The same with more faults found; their lines are good no more. */
export const withFaults = (people: ReadPeople, more: readonly ImportFault[]): ReadPeople => {
  const bad = new Set(more.map(({ line }) => line));
  return {
    total: people.total,
    good: people.good.filter(({ line }) => !bad.has(line)),
    faults: [...people.faults, ...more].sort((a, b) => a.line - b.line),
  };
};
