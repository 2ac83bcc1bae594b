import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { ensureLinkKeys, type LinkKeys, linkOf, ourAppId } from './link.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 3));
const folder = mkdtempSync(join(tmpdir(), 'link-'));
const dataDir = join(folder, 'data');
const file = join(dataDir, 'link-keys.json');
beforeEach(() => rmSync(dataDir, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const endsOf = (keys: LinkKeys) => {
  const { ours, peer, sealKey } = keys;
  return {
    here: linkOf(crypto, { privateKey: ours.privateKey, peerPublicKey: peer.publicKey, sealKey, peerAppId: 'them' }),
    there: linkOf(crypto, { privateKey: peer.privateKey, peerPublicKey: ours.publicKey, sealKey, peerAppId: ourAppId }),
  };
};

describe('a link', () => {
  test('R55: each end trusts what the other signed, and nothing else', async () => {
    const { here, there } = endsOf(await ensureLinkKeys(dataDir, crypto));
    const signature = await here.sign('报废');
    expect(await there.verify('报废', signature)).toBe(true);
    expect(await there.verify('报废 ', signature)).toBe(false);
    expect(await here.verify('报废', signature)).toBe(false);
    for (const no of ['', 'AAAA', signature.slice(0, -8), '不是签名'])
      expect(await there.verify('报废', no)).toBe(false);
    expect(here.sealKey).toHaveLength(16);
  });
});

describe('the keys of the bundled simulators', () => {
  test('R55: are made once, readable by their owner alone', async () => {
    const made = await ensureLinkKeys(dataDir, crypto);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(made);
    expect(await ensureLinkKeys(dataDir, crypto)).toEqual(made);
    expect(made.ours.privateKey).not.toBe(made.peer.privateKey);
  });

  test('R55: are the same for processes that start at the same moment', async () => {
    const program = `
      import { ensureLinkKeys } from '#kernel/connector/link.ts';
      import { softwareCrypto } from '#kernel/crypto/software.ts';
      console.log(JSON.stringify(await ensureLinkKeys(${JSON.stringify(dataDir)}, softwareCrypto(Buffer.alloc(32, 3)))));`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', program]);
    const started = await Promise.all(Array.from({ length: 4 }, run));
    expect(new Set(started.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test.each([
    ['half a file', '{"ours":'],
    ['something else', '{"keys":[]}'],
    ['nothing', ''],
  ])('R55: are not made anew over %s', async (_what, text) => {
    await ensureLinkKeys(dataDir, crypto);
    writeFileSync(file, text);
    await expect(ensureLinkKeys(dataDir, crypto)).rejects.toThrow();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
