import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureKeyFile, keepFolder, readIfThere } from './key-file.ts';

/** The master keys of a system: one, and while it is renewed the next one beside it. Each is 32 bytes. */
export interface MasterKeys {
  /** Those known, the one in use first. */
  known(): readonly Buffer[];
  /** Looks again where they lie: a renewal may have begun, or come to its end, since. */
  again(): readonly Buffer[];
}

/** A master key that nobody renews: of tests, and of what has no key file. */
export const fixedMasterKey = (key: Buffer): MasterKeys => ({ known: () => [key], again: () => [key] });

const newKeyText = async (): Promise<string> => `${randomBytes(32).toString('hex')}\n`;

const keyOf = (file: string, text: string): Buffer => {
  if (!/^[0-9a-f]{64}$/i.test(text.trim())) throw new Error(`主密钥文件 ${file} 应为 64 位十六进制`);
  return Buffer.from(text.trim(), 'hex');
};

/**
 * Reads the master key, 32 bytes in hex, from a file outside the database. With `create` a missing file is made, readable by its
 * owner alone; without it a missing file is an error. Losing the file loses every sealed value.
 */
export const readMasterKey = async (file: string, create: boolean): Promise<Buffer> =>
  keyOf(file, create ? await ensureKeyFile(file, newKeyText) : readFileSync(file, 'utf8'));

/** Where the master key lies that is to take the place of the one in a file. */
export const nextMasterFile = (file: string): string => `${file}.next`;

const nextIfThere = (file: string): readonly Buffer[] => {
  const text = readIfThere(nextMasterFile(file));
  return text === undefined ? [] : [keyOf(nextMasterFile(file), text)];
};

/** The master key of a file, and the next one where a renewal has begun; see {@link readMasterKey}. */
export const masterKeysAt = async (file: string, create: boolean): Promise<MasterKeys> => {
  let known: readonly Buffer[] = [await readMasterKey(file, create), ...nextIfThere(file)];
  return {
    known: () => known,
    again: () => {
      known = [keyOf(file, readFileSync(file, 'utf8')), ...nextIfThere(file)];
      return known;
    },
  };
};

/** The next master key: the one a renewal has begun with, else a new one, safely on the disk before this answers. */
export const ensureNextMaster = async (file: string): Promise<Buffer> =>
  keyOf(nextMasterFile(file), await ensureKeyFile(nextMasterFile(file), newKeyText));

/**
 * Puts the next master key in the place of the present one, which is kept beside it under `label`. Whoever dies in between finds both, and does it again.
 */
export const takeNextMaster = (file: string, label: string): string => {
  const kept = `${file}.before-${label}`;
  if (readIfThere(kept) === undefined) linkSync(file, kept);
  keepFolder(dirname(file));
  renameSync(nextMasterFile(file), file);
  keepFolder(dirname(file));
  return kept;
};
