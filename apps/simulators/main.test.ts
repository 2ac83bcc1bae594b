import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureLinkKeys, type LinkKeys } from '#kernel/connector/link.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { newLinkKeys } from '#testkit/simulators.ts';
import { readEnvironment, WrongEnvironment } from './environment.ts';

const program = fileURLToPath(new URL('main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
const keysFile = join(folder, 'link-keys.json');
let keys: LinkKeys;
beforeAll(async () => {
  keys = await ensureLinkKeys(folder, softwareCrypto(Buffer.alloc(32, 1)));
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = () => ({ SIMULATORS_PORT: '0', CALLBACK_URL: 'http://127.0.0.1:9', LINK_KEYS_FILE: keysFile });

const ready = z.strictObject({ ready: z.literal(true), port: z.int().min(1) });
const forked = async (
  env: Record<string, string>,
): Promise<{ child: ChildProcess; port: number; code: Promise<unknown> }> => {
  const child = fork(program, [], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execPath: process.execPath });
  const code = new Promise((resolve) => child.once('exit', resolve));
  const message = await new Promise((resolve) => child.once('message', resolve));
  return { child, port: ready.parse(message).port, code };
};

describe('the program', () => {
  test.each([
    ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
    ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
    ['the end of whoever forked it', (child: ChildProcess) => child.disconnect()],
  ])('R57: says where it listens, and ends on %s, hanging questions or not', async (_what, end) => {
    const { child, port, code } = await forked({ ...good(), STATE_FILE: join(folder, 'new', 'state.jsonl') });
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toContain('外部系统仿真器');
    end(child);
    expect(await code).toBe(0);
  });

  test('R57: a port that is taken, and a state file of somebody else, are told in a sentence', async () => {
    const { child, port, code } = await forked(good());
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, [program], { env: { ...good(), ...env }, encoding: 'utf8' });
    const taken = run({ SIMULATORS_PORT: String(port) });
    expect([taken.status, taken.stderr.trim()]).toEqual([1, '端口已被占用，请用 SIMULATORS_PORT 另设一个']);
    writeFileSync(join(folder, 'other'), 'diary\n');
    const other = run({ STATE_FILE: join(folder, 'other') });
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('第 1 行不是仿真器写下的')]);
    child.kill();
    await code;
  });
});

const messageOf = (variables: Record<string, string>): string => {
  try {
    readEnvironment(variables);
    return 'no fault';
  } catch (error) {
    if (error instanceof WrongEnvironment) return error.message;
    throw error;
  }
};

describe('the settings', () => {
  test('R57: the usual port and host, our end of the keys the supervision system made', () => {
    expect(readEnvironment({ CALLBACK_URL: 'http://127.0.0.1:8080', LINK_KEYS_FILE: keysFile })).toEqual({
      port: 8090,
      host: '127.0.0.1',
      callbackUrl: 'http://127.0.0.1:8080',
      keys: keys.peer,
      peerPublicKey: keys.ours.publicKey,
      sealKey: keys.sealKey,
      stateFile: undefined,
    });
  });

  test('R57: keys may also be given as they are', () => {
    const read = readEnvironment({ CALLBACK_URL: 'https://a.example', LINK_KEYS: JSON.stringify(keys) });
    expect(read.keys).toEqual(keys.peer);
  });

  test('R57: all that is wrong is said at once, by name', () => {
    const message = messageOf({ SIMULATORS_PORT: '70000', CALLBACK_URL: 'ftp://a' });
    expect(message).toMatch(/^设置有误/);
    expect(message).toContain('SIMULATORS_PORT：应为 0 至 65535');
    expect(message).toContain('CALLBACK_URL：应为 http 或 https 地址');
  });

  test.each([
    ['CALLBACK_URL：未设置', {}],
    ['SIMULATORS_PORT：应为端口号', { CALLBACK_URL: 'http://a', SIMULATORS_PORT: 'http' }],
    ['LINK_KEYS_FILE：未设置', { CALLBACK_URL: 'http://a', LINK_KEYS_FILE: '' }],
    ['LINK_KEYS_FILE：读不到 /nowhere', { CALLBACK_URL: 'http://a', LINK_KEYS_FILE: '/nowhere' }],
    ['LINK_KEYS：不是 JSON', { CALLBACK_URL: 'http://a', LINK_KEYS: '{' }],
    ['LINK_KEYS：应为监管系统生成的', { CALLBACK_URL: 'http://a', LINK_KEYS: '7' }],
    ['LINK_KEYS.ours', { CALLBACK_URL: 'http://a', LINK_KEYS: '{}' }],
  ])('R57: %s', (message, variables) => {
    expect(messageOf(variables)).toContain(message);
  });

  test('R57: a private key and a public key that do not belong together are not taken', async () => {
    const { peer } = await newLinkKeys();
    for (const publicKey of [peer.publicKey, `04${'1'.repeat(128)}`]) {
      const LINK_KEYS = JSON.stringify({ ...keys, peer: { ...keys.peer, publicKey } });
      expect(messageOf({ CALLBACK_URL: 'http://a', LINK_KEYS })).toContain('私钥与公钥不成对');
    }
  });
});
