import type { Readable } from 'node:stream';
import { streamXlsxRows } from 'hucre/xlsx';
import { type ReadLimits, type ReadRow, standardLimits, WorkbookRefused } from '../model/workbook.ts';
import { inspectZip } from './zip-inspection.ts';

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`;

const bytesOf = async (file: Readable, most: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) {
      file.destroy();
      throw new WorkbookRefused(`文件超过 ${megabytes(most)}，请拆分后再导入`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

const refuse = (message: string): never => {
  throw new WorkbookRefused(message);
};

const noWorkbook = '这不是 Excel 工作簿（.xlsx），请另存为 .xlsx 后再导入';

/** What kind of file it is, told by its own bytes; its name says nothing. */
const inspect = (bytes: Buffer, limits: ReadLimits): void => {
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) {
    refuse('这是旧版 .xls 或加了密码的文件，请另存为不加密的 .xlsx 后再导入');
  }
  const zip = inspectZip(bytes);
  if (!zip) throw new WorkbookRefused(noWorkbook);
  if (zip.names.some((name) => name.toLowerCase().endsWith('.bin') && name.startsWith('xl/workbook'))) {
    refuse('不支持二进制工作簿（.xlsb），请另存为 .xlsx 后再导入');
  }
  if (!zip.names.includes('xl/workbook.xml')) refuse(noWorkbook);
  if (zip.names.some((name) => name.startsWith('xl/vbaProject'))) refuse('文件带有宏，请另存为不带宏的 .xlsx 后再导入');
  if (zip.unpackedBytes > limits.unpackedBytes) {
    refuse(`文件解开后超过 ${megabytes(limits.unpackedBytes)}，请删去多余内容后再导入`);
  }
};

const isEmpty = (cells: ReadRow['cells']): boolean => cells.every((cell) => cell === null || cell === '');

/**
 * Reads the rows of the first sheet, one after another; empty ones are left out. Formulas are never evaluated: the value Excel kept is read.
 * Errors: throws {@link WorkbookRefused}, with words for people, for anything but a plain .xlsx within the limits: .xls, .xlsb, macros,
 * passwords, files that unpack to far more than they are.
 */
export async function* readWorkbook(file: Readable, limits: ReadLimits = standardLimits): AsyncGenerator<ReadRow> {
  const bytes = await bytesOf(file, limits.bytes);
  inspect(bytes, limits);
  let rows = 0;
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: 0 })) {
      if (isEmpty(values)) continue;
      rows += 1;
      if (rows > limits.rows) refuse(`行数超过 ${limits.rows} 行，请拆分后再导入`);
      if (values.length > limits.columns) refuse(`第 ${index + 1} 行超过 ${limits.columns} 列，请删去多余的列后再导入`);
      yield { line: index + 1, cells: values };
    }
  } catch (error) {
    if (error instanceof WorkbookRefused) throw error;
    // What the library says names parts of the file format; a person can do nothing with it.
    throw new WorkbookRefused('文件已损坏或不是有效的 .xlsx，请重新保存后再导入', { cause: error });
  }
}
