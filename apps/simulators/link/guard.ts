import { createDecipheriv } from 'node:crypto';
import { sm3Hex } from './sm2.ts';

/** The five headers every signed message carries. */
export interface SignedHeaders {
  readonly appId: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

/** The text that is signed. Source: domain 9 (待签串); the query is sorted by name. */
export const textToSign = (method: string, url: string, timestamp: string, nonce: string, body: Uint8Array): string => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.sort();
  return [method, pathname, searchParams.toString(), timestamp, nonce, sm3Hex(body)].join('\n');
};

/** Remembers nonces for ten minutes and refuses the second sight of one. */
export interface NonceMemory {
  /** False when the nonce was seen before. */
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
  headers: SignedHeaders,
  message: { readonly method: string; readonly url: string; readonly body: Uint8Array },
  check: {
    readonly appId: string;
    readonly verify: (text: string, signature: string) => boolean;
    readonly nonces: NonceMemory;
    readonly now: number;
  },
): { readonly code: string; readonly message: string } | undefined => {
  if (headers.appId !== check.appId) return { code: '4010', message: '应用标识未登记' };
  const seconds = Number(headers.timestamp);
  if (!/^\d{10}$/.test(headers.timestamp) || Math.abs(check.now / 1000 - seconds) > 300) return { code: '4011', message: '时间戳超出允许偏差' };
  if (!/^[0-9a-f]{32}$/.test(headers.nonce)) return { code: '4012', message: '随机数格式不符' };
  const text = textToSign(message.method, message.url, headers.timestamp, headers.nonce, message.body);
  if (!check.verify(text, headers.signature)) return { code: '4010', message: '签名验证未通过' };
  if (!check.nonces.take(headers.nonce, check.now)) return { code: '4012', message: '随机数重复使用' };
  return undefined;
};

const openText = (sealed: string, key: Uint8Array): string => {
  const bytes = Buffer.from(sealed.slice(4), 'base64');
  const decipher = createDecipheriv('sm4-cbc', key, bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
};

/** The same JSON value with every `SM4:` text opened. Errors: throws when a text was not sealed with this key. */
export const openSealed = (value: unknown, key: Uint8Array): unknown => {
  if (typeof value === 'string') return value.startsWith('SM4:') ? openText(value, key) : value;
  if (Array.isArray(value)) return value.map((inner) => openSealed(inner, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, openSealed(inner, key)]));
  }
  return value;
};
