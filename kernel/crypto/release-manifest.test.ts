import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { opensslAccepts } from '#testkit/openssl.ts';
import {
  checkRelease,
  digestProgramFiles,
  listProgramFiles,
  manifestName,
  releaseFaults,
  releaseText,
} from './release-manifest.ts';
import { sm2Sign } from './sm2.ts';
import { softwareCrypto } from './software.ts';

const now = new Date('2026-11-24T00:00:00Z');
const crypto = softwareCrypto(Buffer.alloc(32, 1));
const releaser = await crypto.newKeyPair();
let home: string;

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
};

const release = async (pair = releaser) => {
  const files = await digestProgramFiles(home, listProgramFiles(home));
  const manifest = {
    format: 'hushang-release-1',
    version: '1',
    madeAt: now.toISOString(),
    files,
    publicKey: pair.publicKey,
  } as const;
  const signature = sm2Sign(pair.privateKey, Buffer.from(releaseText(manifest))).toString('base64');
  writeFileSync(join(home, manifestName), JSON.stringify({ ...manifest, signature }));
  return { ...manifest, signature };
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'release-'));
  put('package.json', '{}');
  put(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/run': {}, 'node_modules/test': { dev: true } } }),
  );
  put('kernel/a.ts', 'a');
  put('apps/server/main.ts', 'b');
  put('dist/desk-web/index.html', 'c');
  put('node_modules/run/index.js', 'd');
  put('node_modules/test/index.js', 'e');
  put('.data/master.key', 'f');
});
afterEach(() => rmSync(home, { recursive: true }));

test('T5.3: program files, the desk and run-time packages are listed; data and tools for building are not', async () => {
  expect(listProgramFiles(home)).toEqual([
    'apps/server/main.ts',
    'dist/desk-web/index.html',
    'kernel/a.ts',
    'node_modules/run/index.js',
    'package-lock.json',
    'package.json',
  ]);
});

test('T5.3: a release as made is intact, and OpenSSL takes its signature', async () => {
  expect(await checkRelease(home, now, null)).toMatchObject({ state: 'none' });
  const manifest = await release();
  const state = await checkRelease(home, now, releaser.publicKey);
  expect(state).toMatchObject({ state: 'intact', files: 6, signatureGood: true, version: '1' });
  expect(releaseFaults(state)).toEqual([]);
  expect(opensslAccepts(releaser.publicKey, Buffer.from(releaseText(manifest)), manifest.signature)).toBe(true);
});

test('T5.3: changed, missing and added program files are each named', async () => {
  await release();
  put('kernel/a.ts', 'A');
  unlinkSync(join(home, 'apps/server/main.ts'));
  put('areas/evil.ts', 'x');
  put('node_modules/run/evil.js', 'y');
  const state = await checkRelease(home, now, null);
  expect(state).toMatchObject({
    state: 'broken',
    changed: ['kernel/a.ts'],
    missing: ['apps/server/main.ts'],
    added: ['areas/evil.ts', 'node_modules/run/evil.js'],
  });
  expect(releaseFaults(state)).toEqual([
    '被改动的程序文件 1 个：kernel/a.ts',
    '缺少的程序文件 1 个：apps/server/main.ts',
    '多出的程序文件 2 个：areas/evil.ts、node_modules/run/evil.js',
  ]);
});

test('T5.3: a manifest that was altered, is not JSON, or was signed by somebody else is refused', async () => {
  const manifest = await release();
  put('kernel/a.ts', 'A');
  const files = { ...(await digestProgramFiles(home, listProgramFiles(home))) };
  writeFileSync(join(home, manifestName), JSON.stringify({ ...manifest, files }));
  expect(await checkRelease(home, now, null)).toMatchObject({ state: 'broken', signatureGood: false, changed: [] });
  await release(await crypto.newKeyPair());
  expect((await checkRelease(home, now, null)).state).toBe('intact');
  expect(await checkRelease(home, now, releaser.publicKey)).toMatchObject({ state: 'broken', signatureGood: false });
  writeFileSync(join(home, manifestName), '{');
  expect((await checkRelease(home, now, null)).state).toBe('broken');
});
