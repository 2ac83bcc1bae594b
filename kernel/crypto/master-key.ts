import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads the master key, 32 bytes in hex, from a file outside the database. With `create` a missing file is made, readable by its
 * owner alone; without it a missing file is an error. Losing the file loses every sealed value.
 */
export const readMasterKey = (file: string, create: boolean): Buffer => {
  if (create) {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`主密钥文件 ${file} 应为 64 位十六进制`);
  return Buffer.from(text, 'hex');
};
