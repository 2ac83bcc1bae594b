import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { aChain } from '#testkit/sm2-authority.ts';
import { type Challenge, challengeText, verifyCertificate, verifyChallenge } from './verify-certificate.ts';

const at = new Date('2026-11-24T02:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const distid = ['-sigopt', 'distid:1234567812345678'];
const vfy = ['-vfyopt', 'distid:1234567812345678'];

describe('R55: OpenSSL as the outside judge', () => {
  test('accepts the certificates of our test authority, and refuses an altered one', async () => {
    const chain = await aChain();
    for (const [name, { pem }] of Object.entries(chain)) writeFileSync(join(folder, `${name}.pem`), pem);
    // OpenSSL gives the user id to the certificate in question only, so each link is asked for by itself.
    const check = (file: string, by: string) =>
      openssl('verify', ...vfy, '-attime', '1795485600', '-partial_chain', '-CAfile', by, file);
    expect(check('person.pem', 'middle.pem')).toContain('OK');
    expect(check('middle.pem', 'root.pem')).toContain('OK');
    expect(() => check('person.pem', 'root.pem')).toThrow();
    const altered = Buffer.from(chain.person.der);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    writeFileSync(join(folder, 'altered.der'), altered);
    expect(() => check('altered.der', 'middle.pem')).toThrow();
  });

  test('its own certificates are accepted by us: root, authority, person, and what the person signs', () => {
    const key = (name: string): void => {
      openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', `${name}.key`);
    };
    for (const name of ['o-root', 'o-middle', 'o-person']) key(name);
    writeFileSync(
      join(folder, 'x.cnf'),
      '[authority]\nbasicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n' +
        '[person]\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=clientAuth\nsubjectKeyIdentifier=hash\n',
    );
    openssl(
      'req',
      '-x509',
      '-new',
      '-sm3',
      ...distid,
      '-key',
      'o-root.key',
      '-subj',
      '/C=CN/CN=Root',
      '-days',
      '3650',
      '-out',
      'o-root.pem',
    );
    const sign = (name: string, by: string, section: string): void => {
      openssl(
        'req',
        '-new',
        '-sm3',
        ...distid,
        '-key',
        `${name}.key`,
        '-utf8',
        '-subj',
        `/C=CN/O=商务委/CN=${name}`,
        '-out',
        `${name}.csr`,
      );
      openssl(
        'x509',
        '-req',
        '-sm3',
        ...distid,
        ...vfy,
        '-in',
        `${name}.csr`,
        '-CA',
        `${by}.pem`,
        '-CAkey',
        `${by}.key`,
        '-CAcreateserial',
        '-days',
        '365',
        '-extfile',
        'x.cnf',
        '-extensions',
        section,
        '-out',
        `${name}.pem`,
      );
    };
    sign('o-middle', 'o-root', 'authority');
    sign('o-person', 'o-middle', 'person');
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const verdict = verifyCertificate({
      certificate: read('o-person.pem'),
      intermediates: [read('o-middle.pem')],
      trusted: [read('o-root.pem')],
      at: new Date(Date.now() + 60_000),
    });
    expect(verdict).toMatchObject({
      valid: true,
      certificate: { commonName: 'o-person', extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] },
    });
    const challenge: Challenge = { site: 's', userId: 'u', nonce: 'n', at };
    writeFileSync(join(folder, 'challenge'), challengeText(challenge));
    openssl(
      'pkeyutl',
      '-sign',
      '-inkey',
      'o-person.key',
      '-in',
      'challenge',
      '-out',
      'answer',
      '-rawin',
      '-digest',
      'sm3',
      '-pkeyopt',
      'distid:1234567812345678',
    );
    const answer = readFileSync(join(folder, 'answer')).toString('base64');
    expect(verifyChallenge(read('o-person.pem'), challenge, answer).valid).toBe(true);
    expect(verifyChallenge(read('o-middle.pem'), challenge, answer).valid).toBe(false);
  });
});
