import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ensureKeyFile } from './key-file.ts';

/**
 * Reads the master key, 32 bytes in hex, from a file outside the database. With `create` a missing file is made, readable by its
 * owner alone; without it a missing file is an error. Losing the file loses every sealed value.
 */
export const readMasterKey = async (file: string, create: boolean): Promise<Buffer> => {
  const made = async (): Promise<string> => `${randomBytes(32).toString('hex')}\n`;
  const text = (create ? await ensureKeyFile(file, made) : readFileSync(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`主密钥文件 ${file} 应为 64 位十六进制`);
  return Buffer.from(text, 'hex');
};
