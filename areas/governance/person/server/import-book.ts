import type { FileReply } from '#kernel/contract/file-reply.ts';
import type { ImportBook } from '#practices/workbook/server/import-book.ts';
import { writeWorkbook, xlsxType } from '#practices/workbook/server/write-workbook.ts';
import { importColumns } from '../model/import-rows.ts';
import { mostImportBytes, mostImportRows } from '../model/person-import.contract.ts';

/** The workbook people are entered from. */
export const peopleBook: ImportBook = {
  subject: '用户',
  columns: importColumns,
  notes: ['初始密码由系统生成，导入后只能下载一次；首次登录必须修改'],
  mostRows: mostImportRows,
  mostBytes: mostImportBytes,
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
export const passwordBook = (passwords: readonly HandedPassword[], above: string): FileReply => ({
  stream: writeWorkbook(passwords, {
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
  mediaType: xlsxType,
  fileName: '初始密码.xlsx',
  disposition: 'attachment',
});
