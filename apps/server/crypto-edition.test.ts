import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#kernel/time/clock.ts';
import { aCloudCrypto, type TestCloud } from '#testkit/cloud-crypto.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { startEdition } from './crypto-edition.ts';
import { migrations } from './plans.ts';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'hushang-edition-'));
let database: TestDatabase;
let plain: TestCloud;
let certified: TestCloud;
beforeAll(async () => {
  database = await aDatabase(migrations);
  [plain, certified] = [await aCloudCrypto(), await aCloudCrypto({ certified: true })];
  for (const [name, { keys }] of Object.entries({ plain, certified }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(keys));
});
afterAll(async () => {
  for (const one of [plain, certified, database]) await one.close();
  rmSync(folder, { recursive: true });
});

const start = (env: Record<string, string>) =>
  startEdition(readSettings({ MODE: 'demo', DATA_DIR: folder, ...env }, folder), database.db, systemClock);
const toCloud = (url: string, keys: string): Record<string, string> => ({
  CRYPTO_URL: url,
  CRYPTO_KEYS_FILE: join(folder, `${keys}.json`),
});

test('R55: software keys are refused where certified ones are required, and it is said what to do', () => {
  expect(() => readSettings({ REQUIRE_CERTIFIED_CRYPTO: 'true' }, folder)).toThrow(
    /软件密钥（未经商用密码认证），不能启动.*\n.*CRYPTO_URL/,
  );
  expect(() => readSettings({ REQUIRE_CERTIFIED_CRYPTO: 'yes' }, folder)).toThrow(/应为 true 或 false/);
});

test('R55: a service that is not certified is refused where that is required; one that is, is taken', async () => {
  const required = { REQUIRE_CERTIFIED_CRYPTO: 'true' };
  await expect(start({ ...toCloud(plain.url, 'plain'), ...required })).rejects.toThrow(/没有声明经过商用密码认证/);
  const { crypto } = await start({ ...toCloud(certified.url, 'certified'), ...required });
  expect(crypto.certified).toBe(true);
  expect(await crypto.seal('exchange', Buffer.from('x'), 'p')).toMatch(/^c1\./);
});

test('R55: a service that is not there or not itself, and keys that are missing or malformed, are told', async () => {
  await expect(start(toCloud('http://127.0.0.1:9', 'plain'))).rejects.toThrow(/连接不上/);
  await expect(start(toCloud(plain.url, 'certified'))).rejects.toThrow(/应答签名与 CRYPTO_KEYS_FILE 不符/);
  await expect(start(toCloud(plain.url, 'none'))).rejects.toThrow(/不存在/);
  writeFileSync(join(folder, 'bad.json'), '{}');
  await expect(start(toCloud(plain.url, 'bad'))).rejects.toThrow(/不符合要求/);
});

test('R55: without a service software keys serve; with one over their data, both are at hand', async () => {
  const software = await start({});
  expect(software.crypto.certified).toBe(false);
  const old = await software.crypto.seal('exchange', Buffer.from('x'), 'p');
  const moving = await start(toCloud(plain.url, 'plain'));
  expect(Buffer.from(await moving.crypto.open('exchange', old, 'p')).toString()).toBe('x');
  expect(await moving.crypto.seal('exchange', Buffer.from('x'), 'p')).toMatch(/^c1\./);
});

test('R55: the wrong master key is told in Chinese', async () => {
  await start({});
  writeFileSync(join(folder, 'other.key'), 'ab'.repeat(32));
  await expect(start({ MASTER_KEY_FILE: join(folder, 'other.key') })).rejects.toThrow(/主密钥与数据库中的数据不相符/);
});
