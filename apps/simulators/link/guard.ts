import { sm3Hex } from './sm2.ts';

/** The headers every signed message carries, and what they are about. */
export interface SignedMessage {
  readonly appId: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array;
}

/** The text that is signed. Source: domain 9 (待签串); the query is sorted by name. */
export const textToSign = (method: string, url: string, timestamp: string, nonce: string, body: Uint8Array): string => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.sort();
  return [method, pathname, searchParams.toString(), timestamp, nonce, sm3Hex(body)].join('\n');
};

/** Remembers nonces for ten minutes and refuses the second sight of one. */
export interface NonceMemory {
  /** False when the nonce was seen before. `now` is milliseconds since 1970. */
  take(nonce: string, now: number): boolean;
}

const nonceMilliseconds = 10 * 60_000;

/** An empty memory; old nonces are dropped as new ones come. */
export const nonceMemory = (): NonceMemory => {
  const seen = new Map<string, number>();
  return {
    take: (nonce, now) => {
      for (const [old, at] of seen) {
        if (now - at < nonceMilliseconds) break;
        seen.delete(old);
      }
      if (seen.has(nonce)) return false;
      seen.set(nonce, now);
      return true;
    },
  };
};

/** Why a message is not let in; undefined when it is. Source: domain 9 (clock ±300 s, nonce 10 minutes, signature over raw bytes). */
export const refusalOf = (
  message: SignedMessage,
  check: {
    readonly appId: string;
    readonly verify: (text: string, signature: string) => boolean;
    readonly nonces: NonceMemory;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): { readonly code: string; readonly message: string } | undefined => {
  const { appId, timestamp, nonce, signature, method, url, body } = message;
  if (appId !== check.appId) return { code: '4010', message: '应用标识未登记' };
  if (!/^\d{10}$/.test(timestamp) || Math.abs(check.now / 1000 - Number(timestamp)) > 300)
    return { code: '4011', message: '时间戳超出允许偏差' };
  if (!/^[0-9a-f]{32}$/.test(nonce)) return { code: '4012', message: '随机数格式不符' };
  if (!check.verify(textToSign(method, url, timestamp, nonce, body), signature))
    return { code: '4010', message: '签名验证未通过' };
  if (!check.nonces.take(nonce, check.now)) return { code: '4012', message: '随机数重复使用' };
  return undefined;
};
