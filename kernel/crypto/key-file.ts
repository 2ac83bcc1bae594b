import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The text of a file; undefined where there is none. */
export const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const flush = (path: string): void => {
  const open = openSync(path, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
};

/** Makes the names in a folder outlive a power cut. */
export const keepFolder = (folder: string): void => flush(folder);

/**
 * The text of a key file, made on first use and readable by its owner alone. It appears whole or not at all, and of several processes that make it at
 * once one wins and all read the same. It is on the disk before anything is sealed under it.
 */
export const ensureKeyFile = async (file: string, make: () => Promise<string>): Promise<string> => {
  const found = readIfThere(file);
  if (found !== undefined) return found;
  mkdirSync(dirname(file), { recursive: true });
  const text = await make();
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    chmodSync(draft, 0o600);
    flush(draft);
    // Unlike a rename, a link never replaces what another process has made in the meantime.
    linkSync(draft, file);
    keepFolder(dirname(file));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
};
