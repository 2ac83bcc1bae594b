/** What a cell may hold. Instants are written as the clock in Shanghai shows them; a date that is read has the file's clock in its UTC fields. */
export type CellValue = string | number | boolean | Date | null;

/** A column of a written sheet: its head, its width in characters, and what a row has in it. */
export interface SheetColumn<Row> {
  readonly title: string;
  readonly width: number;
  /** `text` cells stay text also when somebody edits them: nothing in them is ever taken for a formula. */
  readonly kind: 'text' | 'number' | 'time';
  readonly value: (row: Row) => CellValue;
}

/** A row as it was read: `line` is its number in the file, from 1, for messages to people. */
export interface ReadRow {
  readonly line: number;
  readonly cells: readonly CellValue[];
}

/** How much of a workbook is read. */
export interface ReadLimits {
  /** Size of the file. */
  readonly bytes: number;
  /** Size of everything in it once unpacked. */
  readonly unpackedBytes: number;
  readonly rows: number;
  readonly columns: number;
}

/** Enough for an import of some thousand lines; a file beyond is refused with words. */
export const standardLimits: ReadLimits = { bytes: 10_000_000, unpackedBytes: 100_000_000, rows: 20_000, columns: 100 };

/** A workbook that is not read; the message is for people. */
export class WorkbookRefused extends Error {}
