import { z } from 'zod';

/** The curve of SM2: prime, coefficients. Source: GB/T 32918.5. */
const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const a = p - 3n;
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;

/** The curve's name as every PEM of an SM2 key holds it. Source: GM/T 0006. */
const curveName = '06082a811ccf5501822d';

const hexOfBase64 = (text: string): string => {
  try {
    return [...atob(text)].map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  } catch {
    // Not base64: no key.
    return '';
  }
};

/** The 130 digits of an uncompressed point, from those digits or from the PEM that OpenSSL writes; as it is where it is neither. */
const digitsOf = (text: string): string => {
  const pem = /^-----BEGIN PUBLIC KEY-----([\s\S]+)-----END PUBLIC KEY-----$/.exec(text.trim())?.[1];
  if (pem === undefined) return text.replace(/\s/g, '').toLowerCase();
  const der = hexOfBase64(pem.replace(/\s/g, ''));
  return der.includes(curveName) ? der.slice(-130) : '';
};

const onCurve = (point: string): boolean => {
  const [x, y] = [BigInt(`0x${point.slice(2, 66)}`), BigInt(`0x${point.slice(66)}`)];
  return x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n;
};

/** The key of the worked example in docs/intake-api.md: everybody knows its private half, so nobody may register it. */
export const examplePublicKey =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';

/** An SM2 public key as registered: 130 hex digits beginning with 04, or the PEM of OpenSSL, which is turned into them. */
export const publicKey = z
  .string()
  .max(1_000, '公钥最多 1000 个字符')
  .transform(digitsOf)
  .refine(
    (digits) => /^04[0-9a-f]{128}$/.test(digits) && onCurve(digits),
    '应为 SM2 公钥：PEM 格式（BEGIN PUBLIC KEY），或 04 开头的 130 位十六进制',
  )
  .refine((digits) => digits !== examplePublicKey, '这是接口文档示例的公钥，私钥人人可见，请换成自己系统生成的密钥');
