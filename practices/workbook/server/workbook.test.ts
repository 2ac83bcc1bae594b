import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ReadLimits, type ReadRow, type SheetColumn, standardLimits, WorkbookRefused } from '../model/workbook.ts';
import { readWorkbook } from './read-workbook.ts';
import { writeWorkbook } from './write-workbook.ts';

interface Line {
  readonly name: string;
  readonly count: number;
  readonly at: Date;
}

const columns: readonly SheetColumn<Line>[] = [
  { title: '名称', width: 20, kind: 'text', value: ({ name }) => name },
  { title: '数量', width: 8, kind: 'number', value: ({ count }) => count },
  { title: '时间', width: 20, kind: 'time', value: ({ at }) => at },
];
const at = new Date('2026-11-23T02:00:00Z');
const book = (names: readonly string[]): Promise<Buffer> =>
  buffer(
    writeWorkbook(
      names.map((name, count) => ({ name, count, at })),
      { name: '清单', above: ['韩管演示 2026-11-23 10:00 导出'], columns },
    ),
  );
const read = async (bytes: Buffer, limits: Partial<ReadLimits> = {}): Promise<readonly ReadRow[]> => {
  const rows: ReadRow[] = [];
  for await (const row of readWorkbook(Readable.from([bytes]), { ...standardLimits, ...limits })) rows.push(row);
  return rows;
};

/** A ZIP of these entries; `declared` lies about how much there is in each. */
const zipOf = (entries: Readonly<Record<string, string>>, declared?: number): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(plain), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(declared ?? plain.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    sizes.copy(local, 14);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    sizes.copy(entry, 16);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
};

const partOf = (zip: Buffer, name: string): string => {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let place = zip.readUInt32LE(end + 16);
  for (;;) {
    const length = zip.readUInt16LE(place + 28);
    if (zip.toString('utf8', place + 46, place + 46 + length) === name) break;
    place += 46 + length + zip.readUInt16LE(place + 30) + zip.readUInt16LE(place + 32);
  }
  const local = zip.readUInt32LE(place + 42);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  return inflateRawSync(zip.subarray(from, from + zip.readUInt32LE(place + 20))).toString('utf8');
};

const minimal = (sheet: string): Readonly<Record<string, string>> => ({
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml':
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`,
});

test('R45: rows written are the rows read, head and lines above it included', async () => {
  const rows = await read(await book(['甲', '乙 <&> "引号"']));
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  expect(rows[0]?.cells[0]).toBe('韩管演示 2026-11-23 10:00 导出');
  expect(rows[1]?.cells).toEqual(['名称', '数量', '时间']);
  expect(rows[3]?.cells.slice(0, 2)).toEqual(['乙 <&> "引号"', 1]);
});

test.each(['=1+1', '+cmd|" /C calc"!A0', '-2+3', '@SUM(A1)', '\t=1'])(
  'T4.3: %j is written as text in the text format, never as a formula',
  async (text) => {
    const bytes = await book([text]);
    const sheet = partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f>');
    const [, style] = /<c r="A3" t="inlineStr" s="(\d+)"/.exec(sheet) ?? [];
    expect(style).toBeDefined();
    const styles = partOf(bytes, 'xl/styles.xml');
    const cells = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? '';
    const format = /numFmtId="(\d+)"/.exec([...cells.matchAll(/<xf [^>]*>/g)][Number(style)]?.[0] ?? '')?.[1];
    expect(styles).toContain(`<numFmt numFmtId="${format}" formatCode="@"/>`);
    expect((await read(bytes))[2]?.cells[0]).toBe(text);
  },
);

test('T4.3: characters XML cannot hold are replaced, and the file stays readable', async () => {
  expect((await read(await book(['a\u0000b\u001f'])))[2]?.cells[0]).toBe('a�b�');
});

test('R42: a formula of the file is never evaluated: the kept value is read', async () => {
  const bytes = zipOf(minimal('<row r="1"><c r="A1"><f>1+1</f><v>7</v></c></row>'));
  expect(await read(bytes)).toEqual([{ line: 1, cells: [7] }]);
});

test('R42: empty rows are left out, and the others keep their numbers', async () => {
  const bytes = zipOf(
    minimal('<row r="2"><c r="A2"/></row><row r="5"><c r="A5" t="inlineStr"><is><t>甲</t></is></c></row>'),
  );
  expect(await read(bytes)).toEqual([{ line: 5, cells: ['甲'] }]);
});

const bomb = minimal(`<row r="1"><c r="A1" t="inlineStr"><is><t>${' '.repeat(30_000_000)}</t></is></c></row>`);

test.each([
  ['no workbook at all', Buffer.from('name,phone\n'), {}, '这不是 Excel 工作簿'],
  ['nothing', Buffer.alloc(0), {}, '这不是 Excel 工作簿'],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), {}, '旧版 .xls 或加了密码'],
  ['a .xlsb', zipOf({ 'xl/workbook.bin': 'x' }), {}, '.xlsb'],
  ['another ZIP', zipOf({ 'word/document.xml': 'x' }), {}, '这不是 Excel 工作簿'],
  ['macros', zipOf({ ...minimal(''), 'xl/vbaProject.bin': 'x' }), {}, '带有宏'],
  ['a ZIP bomb that says so', zipOf(bomb), { unpackedBytes: 10_000_000 }, '解开后超过 10 MB'],
  ['a ZIP bomb that lies about its size', zipOf(bomb, 1_000), { unpackedBytes: 10_000_000 }, '损坏'],
  ['a file that was cut off', zipOf(minimal('')).subarray(0, 700), {}, '这不是 Excel 工作簿'],
  ['too large a file', Buffer.alloc(2_000), { bytes: 1_000 }, '文件超过 0 MB'],
])('T5.4: %s is refused with words', async (_what, bytes, limits, words) => {
  const refused = read(bytes, limits);
  await expect(refused).rejects.toThrow(WorkbookRefused);
  await expect(refused).rejects.toThrow(words);
});

test('T5.4: too many rows or columns are refused', async () => {
  const bytes = await book(['a', 'b', 'c', 'd']);
  await expect(read(bytes, { rows: 4 })).rejects.toThrow('行数超过 4 行');
  await expect(read(bytes, { columns: 2 })).rejects.toThrow('第 2 行超过 2 列');
});
