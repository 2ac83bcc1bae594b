import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { BackupBroken, BackupRefused } from './backup-failure.ts';

/** The form of backups this program writes and reads. */
export const backupFormat = 'hushang-backup-1';

const sm3 = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.strictObject({
  format: z.literal(backupFormat),
  /** The program that made it. */
  productVersion: z.string(),
  /** Times by UTC. The state that was kept is that of `momentAt`. */
  startedAt: z.iso.datetime(),
  momentAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  migrations: z.array(z.strictObject({ id: z.string(), digest: sm3 })),
  /** In an order in which what is referred to comes first. `bytes` and `sm3` are of the rows as the database writes them, before compression. */
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_0-9]+\.[a-z_0-9]+$/),
      columns: z.array(z.string().regex(/^[a-z_0-9]+$/)),
      rows: z.int(),
      bytes: z.int(),
      sm3,
    }),
  ),
  /**
   * The files are listed apart, a line each; `sm3` is that of the list. `missing` were gone from the store already; `gone` were deleted in good order while the
   * backup was made; `copied` are those that no earlier backup beside it had. The last two are not told by backups from before there were any.
   */
  files: z.strictObject({
    count: z.int(),
    bytes: z.int(),
    missing: z.int(),
    gone: z.int().optional(),
    copied: z.strictObject({ count: z.int(), bytes: z.int() }).optional(),
    sm3,
  }),
  /** SM3 of everything above. */
  digest: sm3,
});

/** What a backup says of itself; without it there is no backup. */
export type BackupManifest = z.output<typeof schema>;

/** One table as it was kept. */
export type BackupTable = BackupManifest['tables'][number];

/** The name of the manifest within a backup. */
export const manifestName = 'manifest.json';

/** Where the rows of a table lie within a backup. */
export const tablePath = (folder: string, table: string): string => join(folder, 'tables', `${table}.copy.gz`);

/** Where the list of files lies within a backup. */
export const fileListPath = (folder: string): string => join(folder, 'files.jsonl.gz');

/** Where the files lie within a backup. */
export const filesFolder = (folder: string): string => join(folder, 'files');

const digestOf = ({ digest: _digest, ...rest }: Omit<BackupManifest, 'digest'> & { digest?: string }): string =>
  sm3Hex(canonical(rest));

/** A manifest with its digest. */
export const sealedManifest = (content: Omit<BackupManifest, 'digest'>): BackupManifest => ({
  ...content,
  digest: digestOf(content),
});

const textOf = async (folder: string): Promise<string> => {
  try {
    return await readFile(join(folder, manifestName), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
      throw error;
    throw new BackupRefused(`${folder} 中没有 ${manifestName}：不是备份，或备份没有做完。请换一份备份`);
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new BackupBroken([`${manifestName} 读不出来，可能被截断`]);
  }
};

/** Reads what a backup says of itself. Errors: throws BackupRefused where there is none, BackupBroken where it is cut or altered. */
export const readManifest = async (folder: string): Promise<BackupManifest> => {
  const found = schema.safeParse(parsed(await textOf(folder)));
  if (!found.success) throw new BackupBroken([`${manifestName} 的内容不全，或是别的版本的备份格式`]);
  if (digestOf(found.data) !== found.data.digest) throw new BackupBroken([`${manifestName} 的内容被改动：摘要不符`]);
  return found.data;
};
