import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** SubjectPublicKeyInfo of an elliptic curve key on SM2, but for its 65 bytes. */
const spki = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

/** Whether OpenSSL's own SM2 takes a signature (DER, base64) over a message under a public key in hex: the outside judge. */
export const opensslAccepts = (publicKey: string, message: Uint8Array, signature: string): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const der = Buffer.concat([spki, Buffer.from(publicKey, 'hex')]).toString('base64');
  writeFileSync(join(folder, 'public.pem'), `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`);
  writeFileSync(join(folder, 'message'), message);
  writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64'));
  const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', 'public.pem', '-in', 'message', '-sigfile', 'signature'];
  try {
    const said = execFileSync(
      'openssl',
      [...verify, '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return said.includes('Signature Verified Successfully');
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
