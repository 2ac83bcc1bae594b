import { checkSocialCreditCode } from '#practices/identity-codes/model/social-credit-code.ts';
import { districtCodeOf, districtName } from '#practices/place/model/shanghai-districts.ts';
import {
  columnsOfFields,
  draftOfCells,
  type ImportColumn,
  type ImportFault,
  lineInHand,
  type ReadLines,
  repeatedLines,
  withFaults,
} from '#practices/workbook/model/import-columns.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import type { EntrySections } from './entry-sections.ts';
import type { RegistryProfile } from './profile.ts';
import { contradictionsOf } from './registry.guards.ts';

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
export type ReadEntries = ReadLines<GoodEntry>;

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

/** The columns of a profile's template, in order. */
export const importColumnsOf = (profile: RegistryProfile): readonly ImportColumn[] => [
  ...organisationColumns,
  ...Object.entries(profile.sections).flatMap(([section, { fields }]) => columnsOfFields(section, fields)),
];

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
  const district = districtCodeOf(cell('districtCode'));
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

const readLine = (
  { profile, columns, places, known, today }: Reading,
  row: ReadRow,
): { readonly row: GoodEntry | null; readonly faults: readonly ImportFault[] } => {
  const inHand = lineInHand(columns, places, row);
  const organisation = organisationOf(inHand.cell, known, profile.organisationKind);
  for (const [name, message] of organisation.faults) inHand.wrong(name, message);
  const sections: EntrySections = Object.fromEntries(
    Object.entries(profile.sections).map(([section, { fields }]) => [section, draftOfCells(section, fields, inHand)]),
  );
  for (const { path, message } of contradictionsOf(profile, sections, today)) inHand.wrong(path, message);
  const faults = inHand.faults();
  return { row: faults.length > 0 ? null : { line: row.line, ...organisation.values, sections }, faults };
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
  const codes = repeatedLines(rows, ({ creditCode }) => creditCode);
  const names = repeatedLines(rows, ({ name }) => name);
  const twice = rows.flatMap(({ line }): ImportFault[] => [
    ...(codes.has(line) ? [{ line, column: '统一社会信用代码', message: `与第 ${codes.get(line)} 行重复` }] : []),
    ...(names.has(line) ? [{ line, column: '单位名称', message: `与第 ${names.get(line)} 行重复` }] : []),
  ]);
  return withFaults({ total: lines.length, good: rows, faults: read.flatMap(({ faults }) => faults) }, twice);
};
