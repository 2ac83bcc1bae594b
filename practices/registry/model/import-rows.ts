import type { AnyDraft, Field } from '#kernel/fields/field.ts';
import { faultsOf } from '#kernel/fields/field.ts';
import { checkSocialCreditCode } from '#practices/identity-codes/model/social-credit-code.ts';
import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';
import { districtName, shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import type { CellValue, ReadRow } from '#practices/workbook/model/workbook.ts';
import type { EntrySections } from './entry-sections.ts';
import { fieldsOfProfile, type RegistryProfile } from './profile.ts';
import { contradictionsOf } from './registry.guards.ts';
import type { ImportFault } from './registry-import.contract.ts';

/** A column of the import: its title in the first line, and what it is for. */
export interface ImportColumn {
  /** `section.field`, or a part of the organisation. */
  readonly name: string;
  readonly title: string;
  readonly needed: boolean;
  readonly note: string;
}

/** An organisation as the import sees it. `entry` is the title of the state its entry is in; null without one. */
export interface KnownOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
  readonly entry: string | null;
}

/** A line that is right. `organisationId` is null for an organisation to be registered with it. */
export interface GoodEntry {
  readonly line: number;
  readonly organisationId: string | null;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly sections: EntrySections;
}

/** What a workbook says. */
export interface ReadEntries {
  readonly total: number;
  readonly good: readonly GoodEntry[];
  readonly faults: readonly ImportFault[];
}

const organisationColumns: readonly ImportColumn[] = [
  { name: 'name', title: '单位名称', needed: true, note: '与营业执照一致' },
  {
    name: 'creditCode',
    title: '统一社会信用代码',
    needed: true,
    note: '18 位；已登记的单位以此对应，未登记的随导入登记',
  },
  { name: 'districtCode', title: '所在区', needed: true, note: '上海市的区，例如 浦东新区' },
];

/** Lists have an editor of their own and no place in a cell. */
const fitsCell = ({ kind }: Field): boolean => kind !== 'list';

const choicesNote = ({ choices, hint }: Field): string =>
  [choices ? `填写：${Object.values(choices).join('、')}` : '', hint ?? ''].filter((one) => one !== '').join('；');

const noteOf = (field: Field): string =>
  [
    choicesNote(field),
    field.kind === 'date' ? '例如 2027-12-31' : '',
    field.kind === 'switch' ? '填写：是、否' : '',
    field.unit ? `单位：${field.unit}，只填数字` : '',
  ]
    .filter((one) => one !== '')
    .join('；');

/** The columns of a profile's template, in order. */
export const importColumnsOf = (profile: RegistryProfile): readonly ImportColumn[] => [
  ...organisationColumns,
  ...fieldsOfProfile(profile)
    .filter(({ definition }) => fitsCell(definition))
    .map(({ section, field, definition }) => ({
      name: `${section}.${field}`,
      title: definition.title,
      needed: !definition.optional,
      note: noteOf(definition),
    })),
];

/** The place of each column, by its title; whatever else the file has is not looked at. */
export const columnPlaces = (
  columns: readonly ImportColumn[],
  head: readonly CellValue[],
): { readonly places: ReadonlyMap<string, number>; readonly missing: readonly string[] } => {
  const titles = head.map((cell) => (typeof cell === 'string' ? cell.replace(/[\s*＊]/g, '') : ''));
  const places = new Map(columns.map(({ name, title }) => [name, titles.indexOf(title)]));
  return {
    places,
    missing: columns.filter(({ name, needed }) => needed && places.get(name) === -1).map(({ title }) => title),
  };
};

/** A cell that cannot be taken as it stands. */
class Unreadable extends Error {}

const textOf = (cell: CellValue | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number' && Math.abs(cell) > Number.MAX_SAFE_INTEGER) {
    throw new Unreadable('数字过长，Excel 已丢掉末几位；请把单元格设为文本格式后重新填写');
  }
  return String(cell).trim();
};

const dayOf = (text: string): string => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(toHalfWidth(text)) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
};

const districtOf = (text: string): string | undefined =>
  Object.entries(shanghaiDistricts).find(([code, name]) => text === code || text === name || `${text}区` === name)?.[0];

const asStored = (field: Field, text: string): unknown => {
  if (field.kind === 'date') return dayOf(text);
  if (field.kind === 'switch') return text === '是' ? true : text === '否' ? false : text;
  if (field.kind === 'choice')
    return Object.entries(field.choices ?? {}).find(([code, title]) => text === code || text === title)?.[0] ?? text;
  const bare = toHalfWidth(text).replace(/[,\s]/g, '');
  return field.kind === 'number' && /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : text;
};

/** The organisation a line is about. */
const organisationOf = (
  cell: (name: string) => string,
  known: readonly KnownOrganisation[],
  kind: string,
): {
  readonly values: Omit<GoodEntry, 'line' | 'sections'>;
  readonly faults: readonly (readonly [string, string])[];
} => {
  const faults: (readonly [string, string])[] = [];
  const code = checkSocialCreditCode(cell('creditCode'));
  if (cell('creditCode') === '') faults.push(['creditCode', '请填写统一社会信用代码']);
  else if (!code.ok) faults.push(['creditCode', code.message]);
  const name = cell('name');
  if (name.length < 2 || name.length > 120) faults.push(['name', '请填写单位名称，2 至 120 个字']);
  const district = districtOf(cell('districtCode'));
  if (!district) faults.push(['districtCode', '应为上海市的区，例如 浦东新区']);
  const creditCode = code.ok ? code.value : '';
  const found = known.find((one) => one.creditCode === creditCode);
  if (found) {
    if (found.kind !== kind) faults.push(['creditCode', '这个单位登记为其他类别，请先由系统管理员更正单位类别']);
    if (found.name !== name && name !== '') faults.push(['name', `与已登记的单位名称“${found.name}”不一致`]);
    if (district && found.districtCode !== district)
      faults.push(['districtCode', `与已登记的所在区“${districtName(found.districtCode)}”不一致`]);
    if (found.entry !== null) faults.push(['creditCode', `这家企业已有登记（${found.entry}），变更请由企业申报`]);
  } else if (known.some((one) => one.name === name)) {
    faults.push(['creditCode', '这个名称的单位登记的是另一个信用代码，请核对']);
  }
  return { values: { organisationId: found?.id ?? null, name, creditCode, districtCode: district ?? '' }, faults };
};

/** What every line is read with. */
interface Reading {
  readonly profile: RegistryProfile;
  readonly columns: readonly ImportColumn[];
  readonly places: ReadonlyMap<string, number>;
  readonly known: readonly KnownOrganisation[];
  /** Today in Shanghai. */
  readonly today: string;
}

const sectionsOf = (
  { profile }: Reading,
  cell: (name: string) => string,
  wrong: (name: string, message: string) => void,
): EntrySections =>
  Object.fromEntries(
    Object.entries(profile.sections).map(([section, { fields }]) => {
      const raw: AnyDraft = Object.fromEntries(
        Object.entries(fields).flatMap(([name, field]) => {
          const text = fitsCell(field) ? cell(`${section}.${name}`) : '';
          return text === '' ? [] : [[name, asStored(field, text)]];
        }),
      );
      for (const { field, message } of faultsOf(fields, raw)) wrong(`${section}.${field}`, message);
      // As saving would have it: codes and phones in their normal form.
      const saved = Object.entries(raw).map(([name, value]) => [
        name,
        fields[name]?.schema.safeParse(value).data ?? value,
      ]);
      return [section, Object.fromEntries(saved)];
    }),
  );

const readLine = (
  reading: Reading,
  { line, cells }: ReadRow,
): { readonly row: GoodEntry | null; readonly faults: readonly ImportFault[] } => {
  const { profile, columns, places, known, today } = reading;
  const faults: ImportFault[] = [];
  const wrong = (name: string, message: string): void => {
    const column = columns.find((one) => one.name === name)?.title ?? name;
    // A cell is told about once, in the words that say most.
    if (!faults.some((one) => one.column === column)) faults.push({ line, column, message });
  };
  const cell = (name: string): string => {
    try {
      return textOf(cells[places.get(name) ?? -1]);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      wrong(name, error.message);
      return '';
    }
  };
  const organisation = organisationOf(cell, known, profile.organisationKind);
  for (const [name, message] of organisation.faults) wrong(name, message);
  const sections = sectionsOf(reading, cell, wrong);
  for (const { path, message } of contradictionsOf(profile, sections, today)) wrong(path, message);
  return { row: faults.length > 0 ? null : { line, ...organisation.values, sections }, faults };
};

/** Lines whose value of a kind stands in an earlier line already. */
const repeated = (rows: readonly GoodEntry[], keyOf: (row: GoodEntry) => string): ReadonlyMap<number, number> => {
  const first = new Map<string, number>();
  const again = new Map<number, number>();
  for (const row of rows) {
    const before = first.get(keyOf(row));
    if (before === undefined) first.set(keyOf(row), row.line);
    else again.set(row.line, before);
  }
  return again;
};

/** Reads enterprises from the lines under the head; everything wrong is told at once, by line and column. Source: tender R49. */
export const readEntries = (
  profile: RegistryProfile,
  lines: readonly ReadRow[],
  places: ReadonlyMap<string, number>,
  known: readonly KnownOrganisation[],
  today: string,
): ReadEntries => {
  const reading: Reading = { profile, columns: importColumnsOf(profile), places, known, today };
  const read = lines.map((line) => readLine(reading, line));
  const rows = read.flatMap(({ row }) => (row ? [row] : []));
  const codes = repeated(rows, ({ creditCode }) => creditCode);
  const names = repeated(rows, ({ name }) => name);
  const twice = rows.flatMap(({ line }): ImportFault[] => [
    ...(codes.has(line) ? [{ line, column: '统一社会信用代码', message: `与第 ${codes.get(line)} 行重复` }] : []),
    ...(names.has(line) ? [{ line, column: '单位名称', message: `与第 ${names.get(line)} 行重复` }] : []),
  ]);
  const bad = new Set(twice.map(({ line }) => line));
  return {
    total: lines.length,
    good: rows.filter(({ line }) => !bad.has(line)),
    faults: [...read.flatMap(({ faults }) => faults), ...twice].sort((a, b) => a.line - b.line),
  };
};
