import { beforeAll, describe, expect, test } from 'vitest';
import { aChain, type Issued, issueCertificate, usual } from '#testkit/sm2-authority.ts';
import { parseCertificate } from './certificate.ts';
import { DerMalformed, derTag } from './der.ts';
import { sm2Sign } from './sm2.ts';
import {
  type CertificateQuestion,
  type Challenge,
  challengeText,
  verifyCertificate,
  verifyChallenge,
} from './verify-certificate.ts';
import { der, extension } from './write-certificate.ts';

const at = new Date('2026-11-24T02:00:00Z');

let chain: Awaited<ReturnType<typeof aChain>>;
beforeAll(async () => {
  chain = await aChain();
});

const asked = (certificate: Issued, more: Partial<CertificateQuestion> = {}) =>
  verifyCertificate({
    certificate: certificate.pem,
    intermediates: [chain.middle.pem],
    trusted: [chain.root.pem],
    at,
    ...more,
  });
const whyOf = (verdict: ReturnType<typeof verifyCertificate>): string => (verdict.valid ? 'valid' : verdict.why);

describe('R55: a certificate', () => {
  test('is read: names, serial, key, times and usage', () => {
    const read = parseCertificate(chain.person.pem);
    expect(read).toMatchObject({
      subject: 'C=CN, O=沪商监管（测试）, CN=朱安演示',
      issuer: 'C=CN, O=沪商监管（测试）, CN=测试运营证书',
      commonName: '朱安演示',
      publicKey: chain.person.publicKey,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      isAuthority: false,
      notAfter: new Date('2028-01-01T00:00:00Z'),
    });
    expect(read.serial).toMatch(/^4a[0-9a-f]{16}$/);
  });

  test('leads to the trusted root, as PEM, base64 or DER', () => {
    for (const given of [chain.person.pem, chain.person.der.toString('base64'), chain.person.der]) {
      const verdict = verifyCertificate({
        certificate: given,
        intermediates: [chain.middle.der],
        trusted: [chain.root.pem],
        at,
      });
      expect(verdict.valid && verdict.path.map(({ commonName }) => commonName)).toEqual([
        '朱安演示',
        '测试运营证书',
        '测试根证书',
      ]);
    }
    expect(asked(chain.person, { intermediates: [], trusted: [chain.middle.pem] }).valid).toBe(true);
  });

  test('is refused before and after its time, and when its authority has expired', async () => {
    expect(whyOf(asked(chain.person, { at: new Date('2025-12-31T23:59:59Z') }))).toBe('not-yet-valid');
    expect(whyOf(asked(chain.person, { at: new Date('2028-01-01T00:00:01Z') }))).toBe('expired');
    const old = await issueCertificate({
      commonName: '旧机构',
      issuer: chain.root,
      notAfter: new Date('2026-06-01T00:00:00Z'),
      extensions: [usual.authority(), usual.signsCertificates],
    });
    const person = await issueCertificate({ commonName: '某人', issuer: old });
    expect(whyOf(asked(person, { intermediates: [old.pem] }))).toBe('expired');
  });

  test('is refused without the way to a trusted authority, and under a stranger of the same name', async () => {
    expect(whyOf(asked(chain.person, { intermediates: [] }))).toBe('issuer-unknown');
    expect(whyOf(asked(chain.person, { trusted: [] }))).toBe('issuer-unknown');
    const stranger = await aChain();
    expect(whyOf(asked(chain.person, { trusted: [stranger.root.pem] }))).toBe('bad-signature');
    // The true authority is found beside the stranger: keys are renewed under one name.
    expect(asked(chain.person, { trusted: [stranger.root.pem, chain.root.pem] }).valid).toBe(true);
  });

  test('is refused when signed by a person, or by an authority deeper than its own allows', async () => {
    const forged = await issueCertificate({ commonName: '冒名', issuer: chain.person });
    expect(whyOf(asked(forged, { intermediates: [chain.person.pem, chain.middle.pem] }))).toBe('issuer-not-authority');
    const deeper = await issueCertificate({
      commonName: '再下一级',
      issuer: chain.middle,
      extensions: [usual.authority(), usual.signsCertificates],
    });
    const person = await issueCertificate({ commonName: '某人', issuer: deeper });
    expect(whyOf(asked(person, { intermediates: [chain.middle.pem, deeper.pem] }))).toBe('path-too-long');
  });

  test('is refused when it is for enciphering, is an authority, was revoked, or asks what we do not know', async () => {
    const { middle } = chain;
    const enciphers = await issueCertificate({ commonName: '加密证书', issuer: middle, extensions: [usual.enciphers] });
    expect(whyOf(asked(enciphers))).toBe('wrong-usage');
    expect(whyOf(asked(middle))).toBe('wrong-usage');
    const { serial } = parseCertificate(chain.person.pem);
    expect(whyOf(asked(chain.person, { isRevoked: (one) => one.serial === serial }))).toBe('revoked');
    const strange = (critical: boolean) =>
      issueCertificate({
        commonName: '某人',
        issuer: middle,
        extensions: [usual.signs, extension('1.2.3.4', critical, der(derTag.null))],
      });
    expect(whyOf(asked(await strange(true)))).toBe('unknown-critical-extension');
    expect(asked(await strange(false)).valid).toBe(true);
  });

  test('with any flipped bit is refused and never throws', () => {
    const { der: bytes } = chain.person;
    for (let byte = 0; byte < bytes.length; byte += 1) {
      const altered = Buffer.from(bytes);
      altered[byte] = (altered[byte] ?? 0) ^ (1 << (byte % 8));
      expect(asked({ ...chain.person, pem: altered.toString('base64') }).valid).toBe(false);
    }
  });

  test('that is garbage, cut off, longer, or not in the shortest form is malformed', () => {
    const { der: bytes } = chain.person;
    // The same certificate with its outer length written in one byte more: BER, not DER.
    const longForm = Buffer.concat([Buffer.of(0x30, 0x83, 0), bytes.subarray(2)]);
    for (const given of [
      '',
      'x',
      '????',
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.of(0)]),
      longForm,
      Buffer.alloc(99),
    ]) {
      expect(whyOf(verifyCertificate({ certificate: given, trusted: [chain.root.pem], at }))).toBe('malformed');
      expect(() => parseCertificate(given)).toThrow(DerMalformed);
    }
  });

  test('a tangle of authorities that sign each other costs no more than their number', async () => {
    const name = { commonName: '同名', extensions: [usual.authority(), usual.signsCertificates] };
    const first = await issueCertificate(name);
    const tangle = await Promise.all(Array.from({ length: 12 }, () => issueCertificate({ ...name, issuer: first })));
    const person = await issueCertificate({ commonName: '某人', issuer: first });
    expect(whyOf(asked(person, { intermediates: [first, ...tangle].map(({ pem }) => pem) }))).not.toBe('valid');
  });
});

describe('R55: the answer to a challenge', () => {
  const challenge: Challenge = { site: 'https://example.test', userId: 'u-1', nonce: 'n-1', at };

  test('is accepted in both forms of a signature, for this challenge alone', () => {
    const signature = sm2Sign(chain.person.privateKey, Buffer.from(challengeText(challenge)));
    const numbers = [signature.subarray(4, 4 + (signature[3] ?? 0)), signature.subarray(6 + (signature[3] ?? 0))];
    const raw = Buffer.concat(numbers.map((one) => Buffer.concat([Buffer.alloc(32), one]).subarray(-32)));
    for (const form of [signature, raw]) {
      const answer = form.toString('base64');
      expect(verifyChallenge(chain.person.pem, challenge, answer)).toMatchObject({ valid: true });
      for (const other of [{ site: 'https://other.test' }, { userId: 'u-2' }, { nonce: 'n-2' }, { at: new Date(0) }]) {
        expect(verifyChallenge(chain.person.pem, { ...challenge, ...other }, answer)).toMatchObject({
          valid: false,
          why: 'wrong-answer',
        });
      }
      expect(verifyChallenge(chain.middle.pem, challenge, answer).valid).toBe(false);
    }
    for (const garbage of ['', '?', Buffer.alloc(64).toString('base64'), Buffer.alloc(70).toString('base64')])
      expect(verifyChallenge(chain.person.pem, challenge, garbage).valid).toBe(false);
  });

  test('cannot be moved between fields', () => {
    expect(challengeText({ ...challenge, userId: 'a\nb', nonce: 'c' })).not.toBe(
      challengeText({ ...challenge, userId: 'a', nonce: 'b\nc' }),
    );
  });
});
