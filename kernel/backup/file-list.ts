import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { BackupBroken } from './backup-failure.ts';
import { fileListPath } from './manifest.ts';
import { Meter, type Metered } from './meter.ts';

const schema = z.union([
  z.strictObject({
    key: z.string().regex(/^[0-9a-f-]{36}$/),
    size: z.int(),
    sm3: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({ key: z.string(), missing: z.literal(true) }),
  z.strictObject({ key: z.string(), gone: z.literal(true) }),
]);

/**
 * One file of a backup. `size` and `sm3` are of its bytes as they lie, sealed. `missing`: it was lost from the store before; `gone`: it was deleted in good order
 * between the moment of the backup and its copying, and nobody is to look for it.
 */
export type ListedFile = z.output<typeof schema>;

const lineOf = async function* (files: AsyncIterable<ListedFile>): AsyncGenerator<Buffer> {
  for await (const file of files) yield Buffer.from(`${JSON.stringify(file)}\n`);
};

/** Writes the list of files; answers its measure. */
export const writeFileList = async (folder: string, files: AsyncIterable<ListedFile>): Promise<Metered> => {
  const meter = new Meter();
  const target = createWriteStream(fileListPath(folder), { mode: 0o600, flush: true });
  await pipeline(meter.through(lineOf(files)), createGzip(), target);
  return meter.total();
};

const broken = (): BackupBroken => new BackupBroken(['文件清单 files.jsonl.gz 损坏或被截断']);

const textOf = async function* (folder: string, meter: Meter): AsyncGenerator<Buffer> {
  try {
    yield* meter.through(createReadStream(fileListPath(folder)).pipe(createGunzip()));
  } catch {
    throw broken();
  }
};

const parsed = (line: string): ListedFile => {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    throw broken();
  }
};

const lines = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    const whole = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = whole.pop() ?? '';
    yield* whole;
  }
  if (rest !== '') throw broken();
};

/** The files of a backup in their order, a few at a time. Errors: throws BackupBroken where the list is not what it was, at its end at the latest. */
export const readFileList = async function* (folder: string, sm3: string): AsyncGenerator<readonly ListedFile[]> {
  const meter = new Meter();
  let some: ListedFile[] = [];
  for await (const line of lines(textOf(folder, meter))) {
    some.push(parsed(line));
    if (some.length < filesAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
  if (meter.total().sm3 !== sm3) throw broken();
};

/** One whose bytes are in the backup. */
export type KeptFile = Extract<ListedFile, { readonly sm3: string }>;

/** See {@link KeptFile}. */
export const isKept = (file: ListedFile): file is KeptFile => 'sm3' in file;

/** So many files are read or written side by side. */
export const filesAtOnce = 8;

/** The lines of a text file, a few at a time. */
export const linesOf = async function* (path: string): AsyncGenerator<readonly string[]> {
  let some: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    some.push(line);
    if (some.length < filesAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
};
