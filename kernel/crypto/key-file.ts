import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The text of a key file, made on first use and readable by its owner alone. It appears whole or not at all, and of several processes that make it at
 * once one wins and all read the same.
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
    // Unlike a rename, a link never replaces what another process has made in the meantime.
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
};
