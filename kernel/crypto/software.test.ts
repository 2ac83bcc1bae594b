import { execFileSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type KeyPurpose, SealBroken } from './crypto.ts';
import { sm3Hex, sm3Stream } from './sm3.ts';
import { softwareCrypto } from './software.ts';

const master = Buffer.from('00112233445566778899aabbccddeeff'.repeat(2), 'hex');
const crypto = softwareCrypto(master);
const folder = mkdtempSync(join(tmpdir(), 'sm2-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('published examples', () => {
  test('R55: SM3 of "abc" and of 64 bytes (GB/T 32905)', () => {
    expect(sm3Hex('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(sm3Hex('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
    expect(sm3Stream().update('a').update('bc').digest('hex')).toBe(sm3Hex('abc'));
  });

  test('R55: SM4 of one block (GB/T 32907), as the run time has it', () => {
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
    expect(Buffer.concat([cipher.update(key), cipher.final()]).toString('hex')).toBe(
      '681edf34d206965e86b3e94f536e4246',
    );
  });

  test('R55: the signature over "message digest" (GM/T 0003.5) is accepted, and refused once anything differs', async () => {
    const publicKey =
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
    const r = '00f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
    const s = '00b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
    const signature = Buffer.from(`30460221${r}0221${s}`, 'hex').toString('base64');
    const message = Buffer.from('message digest');
    expect(await crypto.verify(publicKey, message, signature)).toBe(true);
    expect(await crypto.verify(publicKey, Buffer.from('message digesu'), signature)).toBe(false);
    expect(await crypto.verify(publicKey.replace(/13$/, '14'), message, signature)).toBe(false);
  });
});

const bytes = fc.uint8Array({ maxLength: 200 });
const purpose = fc.constantFrom<KeyPurpose>('personal-data', 'signing-key', 'exchange', 'sign-in', 'reading');

describe('sealing', () => {
  test('R55: what was sealed opens to the same bytes, and never looks the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, purpose, fc.string(), async (plain, use, place) => {
        const sealed = await crypto.seal(use, plain, place);
        expect(Buffer.from(await crypto.open(use, sealed, place))).toEqual(Buffer.from(plain));
        expect(await crypto.seal(use, plain, place)).not.toBe(sealed);
      }),
    );
  });

  test('R55: any flipped bit of the text is noticed', async () => {
    const sealed = await crypto.seal('personal-data', Buffer.from('310101190001010011'), 'row:1:identity');
    for (let at = 0; at < sealed.length; at += 1) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
        const letter = String.fromCharCode(sealed.charCodeAt(at) ^ bit);
        const altered = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        await expect(crypto.open('personal-data', altered, 'row:1:identity')).rejects.toThrow(SealBroken);
      }
    }
  });

  test.each([
    ['cut short', (sealed: string) => sealed.slice(0, -1)],
    ['cut to nothing', (sealed: string) => sealed.slice(0, 12)],
    ['made longer', (sealed: string) => `${sealed}A`],
    ['with a part behind it', (sealed: string) => `${sealed}.A`],
    ['padded', (sealed: string) => `${sealed}=`],
    ['of another version', (sealed: string) => sealed.replace('s1.', 's2.')],
    ['empty', () => ''],
  ])('R55: a text %s does not open', async (_what, change) => {
    const sealed = await crypto.seal('exchange', Buffer.from('x'), 'p');
    await expect(crypto.open('exchange', change(sealed), 'p')).rejects.toThrow(SealBroken);
  });

  test('R55: a text is bound to its place, its purpose and its master key', async () => {
    const sealed = await crypto.seal('personal-data', Buffer.from('x'), 'row:1');
    const other = softwareCrypto(Buffer.alloc(32, 9));
    await expect(crypto.open('personal-data', sealed, 'row:2')).rejects.toThrow(SealBroken);
    await expect(crypto.open('exchange', sealed, 'row:1')).rejects.toThrow(SealBroken);
    await expect(other.open('personal-data', sealed, 'row:1')).rejects.toThrow(SealBroken);
  });

  test('R55: the text is SM4-CTR under an HMAC-SM3 over version, key, purpose, place, IV and ciphertext', async () => {
    const sealed = await crypto.seal('sign-in', Buffer.from('明文'), 'here');
    const [version, keyId, text = ''] = sealed.split('.');
    const derived = (label: string) => createHmac('sm3', master).update(label).digest();
    const all = Buffer.from(text, 'base64url');
    const [iv, mac, body] = [all.subarray(0, 16), all.subarray(16, 48), all.subarray(48)];
    const covered = Buffer.concat([Buffer.from(`${version}\n${keyId}\nsign-in\nhere\n`), iv, body]);
    expect(keyId).toBe(derived('key-id').toString('hex').slice(0, 8));
    expect(createHmac('sm3', derived('mac:sign-in')).update(covered).digest()).toEqual(mac);
    const opened = createDecipheriv('sm4-ctr', derived('cipher:sign-in').subarray(0, 16), iv).update(body);
    expect(opened.toString('utf8')).toBe('明文');
  });

  test('R55: a master key of another length is refused', () => {
    for (const length of [0, 16, 31, 33]) expect(() => softwareCrypto(Buffer.alloc(length))).toThrow(/32 bytes/);
  });
});

describe('keyed digests', () => {
  test('R55: are equal for equal values of one purpose and differ between purposes and keys', async () => {
    const digest = await crypto.hmac('blind-index:phone', '13800000001');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await crypto.hmac('blind-index:phone', '13800000001')).toBe(digest);
    expect(await crypto.hmac('blind-index:identity-number', '13800000001')).not.toBe(digest);
    expect(await softwareCrypto(Buffer.alloc(32, 9)).hmac('blind-index:phone', '13800000001')).not.toBe(digest);
  });
});

// -- the outside judge: OpenSSL's own SM2 ----------------------------------------------------

const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const gm = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
/** SubjectPublicKeyInfo of an elliptic curve key on SM2, but for its 65 bytes. */
const spki = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

const opensslAccepts = (publicKey: string, message: Uint8Array, signature: string): boolean => {
  const der = Buffer.concat([spki, Buffer.from(publicKey, 'hex')]).toString('base64');
  writeFileSync(join(folder, 'public.pem'), `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`);
  writeFileSync(join(folder, 'message'), message);
  writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64'));
  try {
    return openssl(
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'public.pem',
      '-in',
      'message',
      '-sigfile',
      'signature',
      ...gm,
    ).includes('Success');
  } catch {
    // A signature that does not fit ends the program with an error.
    return false;
  }
};

describe('signatures', () => {
  test('R55: OpenSSL accepts what we sign, and nothing else', async () => {
    for (const text of ['', 'abc', '报废机动车 SC202601010001 ㍿'.repeat(50)]) {
      const { privateKey, publicKey } = await crypto.newKeyPair();
      const message = Buffer.from(text);
      const signature = await crypto.signWith(privateKey, message);
      expect(opensslAccepts(publicKey, message, signature)).toBe(true);
      expect(opensslAccepts(publicKey, Buffer.concat([message, Buffer.from('.')]), signature)).toBe(false);
    }
  });

  test('R55: we accept what OpenSSL signs, and nothing else', async () => {
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', 'private.pem');
    openssl('pkey', '-in', 'private.pem', '-pubout', '-outform', 'DER', '-out', 'public.der');
    const publicKey = readFileSync(join(folder, 'public.der')).subarray(-65).toString('hex');
    const message = Buffer.from('回收证明 SIM-310000-0198-20260105-1');
    writeFileSync(join(folder, 'message'), message);
    openssl('pkeyutl', '-sign', '-inkey', 'private.pem', '-in', 'message', '-out', 'signature', ...gm);
    const signature = readFileSync(join(folder, 'signature')).toString('base64');
    expect(await crypto.verify(publicKey, message, signature)).toBe(true);
    expect(await crypto.verify(publicKey, Buffer.from('回收证明'), signature)).toBe(false);
  });

  test('R55: no flipped bit of a signature is accepted, and no garbage throws', async () => {
    const { privateKey, publicKey } = await crypto.newKeyPair();
    const message = Buffer.from('x');
    const signature = Buffer.from(await crypto.signWith(privateKey, message), 'base64');
    for (let at = 0; at < signature.length; at += 1) {
      const altered = Buffer.from(signature);
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      expect(await crypto.verify(publicKey, message, altered.toString('base64'))).toBe(false);
    }
    const good = signature.toString('base64');
    for (const garbage of ['', '?', 'MEUCIQ==', Buffer.alloc(70).toString('base64'), `${good} `, `${good}\n`]) {
      expect(await crypto.verify(publicKey, message, garbage)).toBe(false);
    }
  });
});
