import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ensureKeyFile } from './key-file.ts';
import { readMasterKey } from './master-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'key-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('R55: of many who make a key at once, one wins and all read the same; nothing else is left in the folder', async () => {
  const file = join(folder, 'raced', 'a.key');
  const texts = await Promise.all(
    Array.from({ length: 20 }, (_, index) => ensureKeyFile(file, async () => `key ${index}`)),
  );
  expect(new Set(texts).size).toBe(1);
  expect(readdirSync(join(folder, 'raced'))).toEqual(['a.key']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('R55: a master key is made once, and never where it should have been there', async () => {
  const file = join(folder, 'master.key');
  await expect(readMasterKey(file, false)).rejects.toThrow(/ENOENT/);
  const made = await readMasterKey(file, true);
  expect(made).toHaveLength(32);
  expect(await readMasterKey(file, false)).toEqual(made);
  writeFileSync(file, 'half a key');
  await expect(readMasterKey(file, true)).rejects.toThrow(/64 位十六进制/);
});
