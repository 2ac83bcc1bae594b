import { buffer } from 'node:stream/consumers';
import type { CellValue } from '#practices/workbook/model/workbook.ts';
import { writeWorkbook } from '#practices/workbook/server/write-workbook.ts';

/** A line of a filled template: cells by the names of its columns. */
export type Cells = Readonly<Record<string, CellValue>>;

/** A template filled in as Excel writes it. `head` are its titles where somebody has changed them. */
export const filledBook = (
  columns: readonly { readonly name: string; readonly title: string }[],
  rows: readonly Cells[],
  head = columns.map(({ title }) => title),
): Promise<Buffer> =>
  buffer(
    writeWorkbook(rows, {
      name: '导入',
      columns: columns.map(({ name }, index) => ({
        title: head[index] ?? '',
        width: 20,
        kind: 'text' as const,
        value: (row: Cells) => row[name] ?? null,
      })),
    }),
  );
