import { sm3Hex } from '#kernel/crypto/sm3.ts';

/** The most a message's time may lie off ours, in seconds. Source: domain 9. */
export const clockToleranceSeconds = 300;

/** How long a nonce may not come again, in seconds. Source: domain 9. */
export const nonceSeconds = 600;

/** What a signature covers. `url` may be a path or a whole address; its query is sorted by name. */
export interface SignedParts {
  readonly method: string;
  readonly url: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  readonly nonce: string;
  /** The raw bytes; never what they parse to. */
  readonly body: Uint8Array;
}

/**
 * The text that is signed: method, path, query by ascending name, timestamp, nonce and the SM3 of the raw body, one a line. An
 * answer is signed over the method, path and nonce of its question, its own timestamp and its own body, so it fits no other.
 *
 * Source: domain 9 (待签串); for answers our assumption, adr/0012.
 */
export const signedText = ({ body, ...parts }: SignedParts): string =>
  signedTextOver({ ...parts, digest: sm3Hex(body) });

/** The same where the digest of the body is told and compared later, since the body is too large to be held. */
export const signedTextOver = ({
  method,
  url,
  timestamp,
  nonce,
  digest,
}: Omit<SignedParts, 'body'> & { readonly digest: string }): string => {
  const { pathname, searchParams } = new URL(url, 'http://path-only');
  searchParams.sort();
  return [method, pathname, searchParams.toString(), timestamp, nonce, digest].join('\n');
};

/** Whether a timestamp is ten digits and near enough to now. */
export const isTimely = (timestamp: string, now: Date): boolean =>
  /^\d{10}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= clockToleranceSeconds;

/** A time as the headers carry it. */
export const timestampOf = (now: Date): string => String(Math.floor(now.getTime() / 1000));
