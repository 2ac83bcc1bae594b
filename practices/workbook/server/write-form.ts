import { writeXlsx } from 'hucre/xlsx';

/** A sheet of a form to be filled in Excel: text throughout, so that long numbers keep all their digits. */
export interface FormSheet {
  readonly name: string;
  readonly head: readonly string[];
  /** In characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

/** Writes a small workbook of several sheets, each with its head in sight. For forms; long lists are streamed by `write-workbook.ts`. */
export const writeForm = async (sheets: readonly FormSheet[]): Promise<Buffer> => {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, head, widths, rows }) => ({
      name,
      columns: widths.map((width) => ({ width, numFmt: '@' })),
      rows: [[...head], ...rows.map((row) => [...row])],
      freezePane: { rows: 1 },
    })),
  });
  return Buffer.from(bytes);
};
