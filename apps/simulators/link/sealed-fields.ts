import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

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

const sealText = (text: string, key: Uint8Array): string => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('sm4-cbc', key, iv);
  return mark + Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
};

/** An answer with its texts of these names sealed for the other side. */
export const sealedTexts = (
  data: Readonly<Record<string, unknown>>,
  names: readonly string[],
  key: Uint8Array,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? sealText(value, key) : value,
    ]),
  );

/**
 * The same JSON value with the fields at the dotted paths opened; a field that is not there is passed over. Errors: throws
 * {@link NotSealed} for one that came open or sealed with another key. Source: domain 9 (X-Encrypt: SM4-CBC).
 */
export const openSealed = (value: unknown, paths: readonly string[], key: Uint8Array): unknown =>
  paths.reduce((whole, path) => openAt(whole, path.split('.'), key, path), value);
