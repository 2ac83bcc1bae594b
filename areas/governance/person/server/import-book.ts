import type { Readable } from 'node:stream';
import type { FileReply } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import { standardLimits, WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { writeForm } from '#practices/workbook/server/write-form.ts';
import { writeWorkbook, xlsxType } from '#practices/workbook/server/write-workbook.ts';
import { columnPlaces, importColumns, type Line } from '../model/import-rows.ts';
import { mostImportBytes, mostImportRows } from '../model/person-import.contract.ts';

const fileOf = (stream: Readable | Buffer, fileName: string): FileReply => ({
  stream,
  mediaType: xlsxType,
  fileName,
  disposition: 'attachment',
});

/** The empty workbook to be filled: the columns' titles, and a sheet that explains each. */
export const importTemplate = async (): Promise<FileReply> => {
  const widths = [18, 14, 24, 18, 24, 30, 16, 14, 14];
  const file = await writeForm([
    {
      name: '用户',
      head: importColumns.map(({ title, needed }) => (needed ? `${title}*` : title)),
      widths,
      rows: [],
    },
    {
      name: '填写说明',
      head: ['列', '是否必填', '说明', '示例'],
      widths: [16, 10, 60, 24],
      rows: [
        ...importColumns.map(({ title, needed, note, example }) => [title, needed ? '必填' : '选填', note, example]),
        ['', '', `每个文件至多 ${mostImportRows} 行；导入前先预检，逐行列出错误，确认后才开账号`, ''],
        ['', '', '初始密码由系统生成，导入后只能下载一次；首次登录必须修改', ''],
      ],
    },
  ]);
  return fileOf(file, '用户导入模板.xlsx');
};

/** The lines of an uploaded workbook and the places of its columns. Errors: throws {@link WorkbookRefused}. */
export const readImport = async (
  file: UploadedFile,
): Promise<{ readonly lines: readonly Line[]; readonly places: ReadonlyMap<string, number> }> => {
  const limits = { ...standardLimits, bytes: mostImportBytes, unpackedBytes: 50_000_000, rows: mostImportRows + 1 };
  const lines: Line[] = [];
  let places: ReadonlyMap<string, number> | undefined;
  for await (const row of readWorkbook(file.stream, limits)) {
    if (places) {
      lines.push(row);
      continue;
    }
    const head = columnPlaces(row.cells);
    if (head.missing.length > 0) {
      throw new WorkbookRefused(`第一行缺少列：${head.missing.join('、')}；请用模板填写，不要改动列名`);
    }
    places = head.places;
  }
  if (!places || lines.length === 0) throw new WorkbookRefused('文件里没有要导入的行，请在模板第二行起填写');
  return { lines, places };
};

/** One initial password, to be handed to its person. */
export interface HandedPassword {
  readonly line: number;
  readonly userName: string;
  readonly name: string;
  readonly password: string;
  /** Only the first half: whoever agrees is shown the second. */
  readonly half: boolean;
}

/** The workbook of initial passwords. */
export const passwordBook = (passwords: readonly HandedPassword[], above: string): FileReply =>
  fileOf(
    writeWorkbook(passwords, {
      name: '初始密码',
      above: [above],
      columns: [
        { title: '用户名', width: 28, kind: 'text', value: ({ userName }) => userName },
        { title: '姓名', width: 16, kind: 'text', value: ({ name }) => name },
        { title: '初始密码', width: 24, kind: 'text', value: ({ password }) => password },
        {
          title: '说明',
          width: 44,
          kind: 'text',
          value: ({ half }) => (half ? '前半段；须经安全管理员批准，后半段由批准人交付' : '完整密码'),
        },
        { title: '导入文件中的行', width: 16, kind: 'number', value: ({ line }) => line },
      ],
    }),
    '初始密码.xlsx',
  );
