/** The door by which systems of organisations come in: they have no session, and sign every request. */
export const signedDoor = 'system';

/** The headers every signed request carries, with what they hold. Source: domain 9 (待签串). */
export const signatureHeaders = {
  'x-app-id': '系统标识，即登记的公钥的指纹',
  'x-timestamp': '发出时间，自 1970 年起的秒数；与平台时间相差不超过 5 分钟',
  'x-nonce': '随机数，32 位小写十六进制，每个请求一个，不得重复',
  'x-content-sm3': '请求体的 SM3 摘要，64 位小写十六进制；没有请求体时为空串的摘要',
  'x-signature': '对待签串的 SM2 签名（SM3 摘要，默认用户标识），DER 编码后的 Base64',
} as const;

/** One of {@link signatureHeaders}. */
export type SignatureHeader = keyof typeof signatureHeaders;

/** What a request that is not let in is answered with, beside what the caller's registration bars. */
export const signatureRefusals: readonly string[] = ['CALLER', 'CLOCK', 'NONCE', 'NONCE_USED', 'DIGEST', 'SIGNATURE'];
