import { z } from 'zod';
import { type AnyDraft, type Field, type Fields, faultsOf, isShown } from '#kernel/fields/field.ts';
import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';
import type { CellValue, ReadRow } from './workbook.ts';

/** How many faults are listed; beyond, only their number is told. */
export const mostListedFaults = 1_000;

/** One cell that is wrong; `line` is its line in the file. */
export const importFault = z.object({ line: z.int(), column: z.string(), message: z.string() });
/** See {@link importFault}. */
export type ImportFault = z.output<typeof importFault>;

/** A column of an import: its title in the first line, and what it is for. */
export interface ImportColumn {
  /** `section.field`, or whatever the import calls it. */
  readonly name: string;
  readonly title: string;
  /** The file must have the column. */
  readonly needed: boolean;
  readonly note: string;
  readonly example?: string;
}

const notesOf = ({ kind, choices, hint, unit }: Field): readonly string[] => [
  choices ? `填写：${Object.values(choices).join('、')}` : '',
  hint ?? '',
  kind === 'date' ? '例如 2027-12-31' : '',
  kind === 'switch' ? '填写：是、否' : '',
  unit ? `单位：${unit}，只填数字` : '',
];

/** The columns of a section's fields. Lists have an editor of their own and no place in a cell. */
export const columnsOfFields = (section: string, fields: Fields): readonly ImportColumn[] =>
  Object.entries(fields)
    .filter(([, { kind }]) => kind !== 'list')
    .map(([name, field]) => ({
      name: `${section}.${name}`,
      title: field.title,
      needed: !field.optional,
      note: notesOf(field)
        .filter((one) => one !== '')
        .join('；'),
    }));

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

/** A line of the file while it is looked through. */
export interface LineInHand {
  readonly line: number;
  /** What stands in a column, as text; empty for nothing. */
  cell(name: string): string;
  /** Notes what is wrong with a column. A cell is told about once, in the words that came first. */
  wrong(name: string, message: string): void;
  faults(): readonly ImportFault[];
}

/** Takes a line in hand. */
export const lineInHand = (
  columns: readonly ImportColumn[],
  places: ReadonlyMap<string, number>,
  { line, cells }: ReadRow,
): LineInHand => {
  const faults: ImportFault[] = [];
  const wrong = (name: string, message: string): void => {
    const column = columns.find((one) => one.name === name)?.title ?? name;
    if (!faults.some((one) => one.column === column)) faults.push({ line, column, message });
  };
  return {
    line,
    wrong,
    faults: () => faults,
    cell: (name) => {
      try {
        return textOf(cells[places.get(name) ?? -1]);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        wrong(name, error.message);
        return '';
      }
    },
  };
};

/** A day as people write it, `yyyy-MM-dd`; what is none stays as it is. */
export const dayOf = (text: string): string => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(toHalfWidth(text)) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
};

/** What people write for yes and no; anything else stays as it is and is refused by the field. */
export const yesOrNo = (text: string): unknown => (text === '是' ? true : text === '否' ? false : text);

const asStored = (field: Field, text: string): unknown => {
  if (field.kind === 'date') return dayOf(text);
  if (field.kind === 'switch') return yesOrNo(text);
  if (field.kind === 'choice')
    return Object.entries(field.choices ?? {}).find(([code, title]) => text === code || text === title)?.[0] ?? text;
  const bare = toHalfWidth(text).replace(/[,\s]/g, '');
  return field.kind === 'number' && /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : text;
};

/**
 * What the cells of a section's fields come to, in the form saving would give it. What is wrong is noted on the line; with `mayLack` a field may be
 * empty, to be filled by hand later. Cells of fields that are not asked for beside the others are left out.
 */
export const draftOfCells = (
  section: string,
  fields: Fields,
  { cell, wrong }: LineInHand,
  { start = {}, mayLack = false }: { readonly start?: AnyDraft; readonly mayLack?: boolean } = {},
): AnyDraft => {
  const raw: AnyDraft = {
    ...start,
    ...Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        const text = field.kind === 'list' ? '' : cell(`${section}.${name}`);
        return text === '' ? [] : [[name, asStored(field, text)]];
      }),
    ),
  };
  for (const { field, message } of faultsOf(fields, raw)) {
    // The column is named beside it already.
    if (!mayLack || raw[field] !== undefined)
      wrong(`${section}.${field}`, message.replace(`${fields[field]?.title}：`, ''));
  }
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => {
      const field = fields[name];
      // Codes and phones in their normal form.
      return field && isShown(field, raw) ? [[name, field.schema.safeParse(value).data ?? value]] : [];
    }),
  );
};

/** What a workbook says: the lines that are right, and everything that is wrong, by line. */
export interface ReadLines<Row> {
  readonly total: number;
  readonly good: readonly Row[];
  readonly faults: readonly ImportFault[];
}

/** The same with more faults found; their lines are good no more. */
export const withFaults = <Row extends { readonly line: number }>(
  { total, good, faults }: ReadLines<Row>,
  more: readonly ImportFault[],
): ReadLines<Row> => {
  const bad = new Set(more.map(({ line }) => line));
  return {
    total,
    good: good.filter(({ line }) => !bad.has(line)),
    faults: [...faults, ...more].sort((a, b) => a.line - b.line),
  };
};

/** By line: the earlier line that has the same key already. */
export const repeatedLines = <Row extends { readonly line: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): ReadonlyMap<number, number> => {
  const first = new Map<string, number>();
  const again = new Map<number, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, row.line);
    else again.set(row.line, before);
  }
  return again;
};
