import type { FileReply } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import { type ReadRow, standardLimits, WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { writeForm } from '#practices/workbook/server/write-form.ts';
import { xlsxType } from '#practices/workbook/server/write-workbook.ts';
import { columnPlaces, importColumnsOf } from '../model/import-rows.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { mostImportBytes, mostImportRows } from '../model/registry-import.contract.ts';

/** The empty workbook to be filled: the columns' titles, and a sheet that explains each. */
export const importTemplate = async (profile: RegistryProfile): Promise<FileReply> => {
  const columns = importColumnsOf(profile);
  const stream = await writeForm([
    {
      name: profile.subject,
      head: columns.map(({ title, needed }) => (needed ? `${title}*` : title)),
      widths: columns.map(({ title }) => Math.max(16, title.length * 2 + 4)),
      rows: [],
    },
    {
      name: '填写说明',
      head: ['列', '是否必填', '说明'],
      widths: [22, 10, 70],
      rows: [
        ...columns.map(({ title, needed, note }) => [title, needed ? '必填' : '选填', note]),
        ['', '', `每个文件至多 ${mostImportRows} 行；先预检，逐行逐列列出错误，确认后才导入`],
        ['', '', '导入的信息进入初审，初审、复审由不同人员办理；附件由企业入库后以变更补交'],
      ],
    },
  ]);
  const fileName = `${profile.subject}导入模板.xlsx`;
  return { stream, mediaType: xlsxType, fileName, disposition: 'attachment' };
};

/** The lines of an uploaded workbook and the places of its columns. Errors: throws {@link WorkbookRefused}. */
export const readImport = async (
  profile: RegistryProfile,
  file: UploadedFile,
): Promise<{ readonly lines: readonly ReadRow[]; readonly places: ReadonlyMap<string, number> }> => {
  const limits = { ...standardLimits, bytes: mostImportBytes, unpackedBytes: 50_000_000, rows: mostImportRows + 1 };
  const lines: ReadRow[] = [];
  let places: ReadonlyMap<string, number> | undefined;
  for await (const row of readWorkbook(file.stream, limits)) {
    if (places) {
      lines.push(row);
      continue;
    }
    const head = columnPlaces(importColumnsOf(profile), row.cells);
    if (head.missing.length > 0) {
      throw new WorkbookRefused(`第一行缺少列：${head.missing.join('、')}；请用模板填写，不要改动列名`);
    }
    places = head.places;
  }
  if (!places || lines.length === 0) throw new WorkbookRefused('文件里没有要导入的行，请在模板第二行起填写');
  return { lines, places };
};
