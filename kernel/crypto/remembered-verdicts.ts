import type { Crypto } from './crypto.ts';

const mostKept = 50_000;

/**
 * Whether a signature over a text digest is the key's, remembered: a signature never changes, and checking one costs milliseconds.
 * The oldest verdict goes when there are too many.
 */
export const rememberedVerdicts = (
  crypto: Crypto,
): ((publicKey: string, digest: string, signature: string) => Promise<boolean>) => {
  const kept = new Map<string, Promise<boolean>>();
  return (publicKey, digest, signature) => {
    const name = `${publicKey}:${digest}:${signature}`;
    const found = kept.get(name);
    if (found) return found;
    const [oldest] = kept.size >= mostKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    const verdict = crypto.verify(publicKey, Buffer.from(digest, 'utf8'), signature);
    kept.set(name, verdict);
    return verdict;
  };
};
