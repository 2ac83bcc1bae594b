import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';
import type { CellValue, SheetColumn } from '../model/workbook.ts';

/** What a written workbook looks like. */
export interface SheetForm<Row> {
  readonly name: string;
  /** Lines above the head, for example who exported this, and when. */
  readonly above?: readonly string[];
  readonly columns: readonly SheetColumn<Row>[];
}

/** The media type of .xlsx. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const formats = { text: '@', number: 'General', time: 'yyyy-mm-dd hh:mm:ss' } as const;

/** Excel knows no time zones: a time is written as the clock in Shanghai shows it. */
const asShanghaiClock = (instant: Date): Date => new Date(instant.getTime() + 8 * 3_600_000);

// XML knows no control characters but tab and line ends, and Excel no cell longer than this.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be found.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const longestCell = 32_767;

const written = (value: CellValue): CellValue => {
  if (value instanceof Date) return asShanghaiClock(value);
  if (typeof value === 'string') return value.replace(unwritable, '�').slice(0, longestCell);
  return value;
};

async function* linesOf<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  { above = [], columns }: SheetForm<Row>,
): AsyncGenerator<CellValue[]> {
  for (const line of above) yield [written(line)];
  yield columns.map(({ title }) => written(title));
  for await (const row of rows) yield columns.map(({ value }) => written(value(row)));
}

/**
 * Streams rows out as .xlsx, without holding them: memory does not grow with their number. Text is written as text cells of the text
 * format, so that what begins with = + - @ is never run as a formula, neither on opening nor on editing.
 */
export const writeWorkbook = <Row>(rows: Iterable<Row> | AsyncIterable<Row>, form: SheetForm<Row>): Readable => {
  const stream = writeXlsxStream(linesOf(rows, form), {
    name: form.name,
    columns: form.columns.map(({ width, kind }) => ({ width, numFmt: formats[kind] })),
    freezePane: { rows: (form.above?.length ?? 0) + 1 },
  });
  // The library's stream is the web's own; Node's types know it under another name.
  return Readable.fromWeb(stream as unknown as ReadableStream<Uint8Array>);
};
