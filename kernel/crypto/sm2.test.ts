import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { newSm2Pair, sm2PublicKeyOf, sm2Sign, sm2Verify, sm2VerifyEitherForm } from './sm2.ts';

const form = { der: true, hash: true } as const;
const bytes = fc.uint8Array({ maxLength: 300 });

describe('R55: SM2 by the run time beside an implementation that shares nothing with it', () => {
  test('what one signs the other takes, for ever new keys and data', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (data, ours) => {
        const { privateKey, publicKey } = ours ? newSm2Pair() : sm2.generateKeyPairHex();
        expect(sm2PublicKeyOf(privateKey)).toBe(publicKey);
        expect(sm2PublicKeyOf(privateKey)).toBe(sm2.getPublicKeyFromPrivateKey(privateKey));
        const signature = sm2Sign(privateKey, data);
        expect(sm2.doVerifySignature(data, signature.toString('hex'), publicKey, form)).toBe(true);
        const theirs = Buffer.from(sm2.doSignature(data, privateKey, form), 'hex');
        expect(sm2Verify(publicKey, data, theirs)).toBe(true);
        expect(sm2Verify(publicKey, Buffer.concat([data, Buffer.of(0)]), theirs)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('the two bare numbers of a hardware key are taken as well', () => {
    const { privateKey, publicKey } = newSm2Pair();
    const data = Buffer.from('报废机动车');
    const raw = Buffer.from(sm2.doSignature(data, privateKey, { hash: true, der: false }), 'hex');
    expect(sm2VerifyEitherForm(publicKey, data, raw.toString('base64'))).toBe(true);
    expect(sm2VerifyEitherForm(publicKey, Buffer.from('别的'), raw.toString('base64'))).toBe(false);
  });

  test('a small private key keeps its leading zeros', () => {
    const small = '1'.padStart(64, '0');
    const publicKey = sm2PublicKeyOf(small);
    expect(publicKey.slice(2, 66)).toBe('32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7');
    expect(sm2Verify(publicKey, Buffer.from('x'), sm2Sign(small, Buffer.from('x')))).toBe(true);
  });

  test('a point beside the curve, the point at infinity and numbers out of range are no signature, and nothing is thrown', () => {
    const { privateKey, publicKey } = newSm2Pair();
    const data = Buffer.from('x');
    const signature = sm2Sign(privateKey, data);
    const beside = publicKey.slice(0, -1) + (publicKey.endsWith('0') ? '1' : '0');
    expect(sm2Verify(beside, data, signature)).toBe(false);
    expect(sm2Verify(`04${'0'.repeat(128)}`, data, signature)).toBe(false);
    const order = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';
    for (const [r, s] of [
      ['0'.repeat(64), order],
      [order, '1'.padStart(64, '0')],
      ['f'.repeat(64), 'f'.repeat(64)],
    ])
      expect(sm2VerifyEitherForm(publicKey, data, Buffer.from(`${r}${s}`, 'hex').toString('base64'))).toBe(false);
  });

  test.each(['', '0', 'x'.repeat(64), 'f'.repeat(64), '0'.repeat(64)])('%s is no private key', (key) => {
    expect(() => sm2Sign(key, Buffer.from('x'))).toThrow();
  });
});
