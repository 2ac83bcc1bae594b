import { createDecipheriv } from 'node:crypto';

const mark = 'SM4:';

/** A field that should have come sealed and did not, or not under our key. The message names the field, never its value. */
export class NotSealed extends Error {}

const openText = (sealed: string, key: Uint8Array): string => {
  const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
  const decipher = createDecipheriv('sm4-cbc', key, bytes.subarray(0, 16));
  const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  // Under a wrong key the padding fits once in 256 times; what comes out is then hardly ever UTF-8.
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
};

const openAt = (value: unknown, path: readonly string[], key: Uint8Array, whole: string): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) {
    if (typeof value !== 'string' || !value.startsWith(mark)) throw new NotSealed(whole);
    try {
      return openText(value, key);
    } catch {
      // Bytes that do not come apart under the key: another key, or no ciphertext at all.
      throw new NotSealed(whole);
    }
  }
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, field === name ? openAt(inner, rest, key, whole) : inner]),
  );
};

/**
 * The same JSON value with the fields at the dotted paths opened; a field that is not there is passed over. Errors: throws
 * {@link NotSealed} for one that came open or sealed with another key. Source: domain 9 (X-Encrypt: SM4-CBC).
 */
export const openSealed = (value: unknown, paths: readonly string[], key: Uint8Array): unknown =>
  paths.reduce((whole, path) => openAt(whole, path.split('.'), key, path), value);
