import type { FileReply } from '#kernel/contract/file-reply.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import { columnPlaces, type ImportColumn } from '../model/import-columns.ts';
import { type ReadLimits, type ReadRow, standardLimits, WorkbookRefused } from '../model/workbook.ts';
import { readWorkbook } from './read-workbook.ts';
import { writeForm } from './write-form.ts';
import { xlsxType } from './write-workbook.ts';

/** What an import is told as: to make its template, and to read what comes back. */
export interface ImportBook {
  /** What a line is, in a word. */
  readonly subject: string;
  readonly columns: readonly ImportColumn[];
  /** What stands under the columns on the sheet that explains them. */
  readonly notes: readonly string[];
  readonly mostRows: number;
  readonly mostBytes: number;
}

/** The empty workbook to be filled: the columns' titles, and a sheet that explains each. */
export const importTemplate = async ({ subject, columns, notes, mostRows }: ImportBook): Promise<FileReply> => {
  const stream = await writeForm([
    {
      name: subject,
      head: columns.map(({ title, needed }) => (needed ? `${title}*` : title)),
      widths: columns.map(({ title }) => Math.max(16, title.length * 2 + 4)),
      rows: [],
    },
    {
      name: '填写说明',
      head: ['列', '是否必填', '说明', ...(columns.some(({ example }) => example !== undefined) ? ['示例'] : [])],
      widths: [22, 10, 70, 24],
      rows: [
        ...columns.map(({ title, needed, note, example }) => [title, needed ? '必填' : '选填', note, example ?? '']),
        ['', '', `每个文件至多 ${mostRows} 行；先预检，逐行逐列列出错误，确认后才导入`],
        ...notes.map((note) => ['', '', note]),
      ],
    },
  ]);
  return { stream, mediaType: xlsxType, fileName: `${subject}导入模板.xlsx`, disposition: 'attachment' };
};

/** The lines of an uploaded workbook and the places of its columns. Errors: throws {@link WorkbookRefused}. */
export const readImport = async (
  { columns, mostRows, mostBytes }: ImportBook,
  file: UploadedFile,
): Promise<{ readonly lines: readonly ReadRow[]; readonly places: ReadonlyMap<string, number> }> => {
  const limits: ReadLimits = { ...standardLimits, bytes: mostBytes, unpackedBytes: 50_000_000, rows: mostRows + 1 };
  const lines: ReadRow[] = [];
  let places: ReadonlyMap<string, number> | undefined;
  for await (const row of readWorkbook(file.stream, limits)) {
    if (places) {
      lines.push(row);
      continue;
    }
    const head = columnPlaces(columns, row.cells);
    if (head.missing.length > 0) {
      throw new WorkbookRefused(`第一行缺少列：${head.missing.join('、')}；请用模板填写，不要改动列名`);
    }
    places = head.places;
  }
  if (!places || lines.length === 0) throw new WorkbookRefused('文件里没有要导入的行，请在模板第二行起填写');
  return { lines, places };
};
