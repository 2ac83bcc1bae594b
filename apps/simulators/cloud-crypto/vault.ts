import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { sm2 } from 'sm-crypto-v2';
import type { KeyPair } from '../link/sm2.ts';

/** A key of the service as its keeper sees it. */
export interface VaultKey {
  readonly purpose: string;
  readonly id: string;
  readonly version: number;
  readonly state: 'current' | 'superseded' | 'retired';
  readonly createdAt: string;
  readonly supersededAt: string | null;
  readonly retiredAt: string | null;
}

interface KeptKey extends VaultKey {
  readonly root: string;
  readonly cause: string;
}

interface Contents {
  readonly keys: readonly KeptKey[];
  readonly pairs: Readonly<Record<string, KeyPair>>;
  /** The root of digests that are never renewed. */
  readonly fixed: string;
}

/** The keys the service holds; none of them ever leaves it. */
export interface Vault {
  keys(): readonly VaultKey[];
  renew(cause: string, now: Date): void;
  retire(now: Date): void;
  seal(purpose: string, plain: Buffer, place: string): { readonly keyId: string; readonly text: string };
  /** Undefined when text, purpose, place or key do not fit. */
  open(purpose: string, keyId: string, text: string, place: string): Buffer | undefined;
  /** Digests under every readable key, the current one first; one only for what is never renewed. */
  digests(purpose: string, data: string): readonly string[];
  newPair(): { readonly handle: string; readonly publicKey: string };
  findPair(handle: string): KeyPair | undefined;
}

const purposes = ['personal-data', 'signing-key', 'exchange', 'sign-in', 'reading', 'file', 'blind-index'];
const derived = (root: string, label: string): Buffer =>
  createHmac('sm3', Buffer.from(root, 'hex')).update(label).digest();
const codeOf = (root: string, purpose: string, place: string, rest: Buffer): Buffer =>
  createHmac('sm3', derived(root, `code ${purpose}`))
    .update(`${place.length} ${place} `)
    .update(rest)
    .digest();

const load = (file: string | undefined): Contents =>
  file !== undefined && existsSync(file)
    ? // Written by save from this shape.
      (JSON.parse(readFileSync(file, 'utf8')) as Contents)
    : { keys: [], pairs: {}, fixed: randomBytes(32).toString('hex') };

/** A vault kept in a file, or in memory alone. */
export const vaultOf = (file: string | undefined, now: Date): Vault => {
  let contents = load(file);
  const change = (next: Partial<Contents>): void => {
    contents = { ...contents, ...next };
    if (file === undefined) return;
    writeFileSync(`${file}.new`, JSON.stringify(contents), { mode: 0o600 });
    chmodSync(`${file}.new`, 0o600);
    renameSync(`${file}.new`, file);
  };
  const of = (purpose: string): readonly KeptKey[] =>
    contents.keys.filter((key) => key.purpose === purpose).sort((one, other) => other.version - one.version);
  const current = (purpose: string): KeptKey => {
    const key = of(purpose).find(({ state }) => state === 'current');
    if (!key) throw new Error(`no key for ${purpose}`);
    return key;
  };
  const renew = (cause: string, at: Date): void => {
    const due = purposes.filter((purpose) => !of(purpose).some((key) => key.cause === cause));
    const older = contents.keys.map((key) =>
      due.includes(key.purpose) && key.state === 'current'
        ? { ...key, state: 'superseded' as const, supersededAt: at.toISOString() }
        : key,
    );
    const fresh = due.map((purpose) => ({
      purpose,
      id: randomBytes(4).toString('hex'),
      version: (of(purpose)[0]?.version ?? 0) + 1,
      state: 'current' as const,
      createdAt: at.toISOString(),
      supersededAt: null,
      retiredAt: null,
      root: randomBytes(32).toString('hex'),
      cause,
    }));
    if (fresh.length > 0) change({ keys: [...older, ...fresh] });
  };
  if (contents.keys.length === 0) renew('first', now);
  const digest = (root: string, purpose: string, data: string): string =>
    createHmac('sm3', derived(root, `digest ${purpose}`))
      .update(data)
      .digest('hex');
  return {
    keys: () => contents.keys.map(({ root: _root, cause: _cause, ...key }) => key),
    renew,
    retire: (at) =>
      change({
        keys: contents.keys.map((key) =>
          key.state === 'superseded' ? { ...key, state: 'retired', retiredAt: at.toISOString() } : key,
        ),
      }),
    seal: (purpose, plain, place) => {
      const { id, root } = current(purpose);
      const iv = randomBytes(16);
      const cipher = createCipheriv('sm4-ctr', derived(root, `cipher ${purpose}`).subarray(0, 16), iv);
      const rest = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
      const text = Buffer.concat([codeOf(root, purpose, place, rest), rest]).toString('base64url');
      return { keyId: id, text };
    },
    open: (purpose, keyId, text, place) => {
      const key = of(purpose).find(({ id, state }) => id === keyId && state !== 'retired');
      const bytes = Buffer.from(text, 'base64url');
      if (!key || bytes.length < 48 || bytes.toString('base64url') !== text) return undefined;
      const [code, iv, rest] = [bytes.subarray(0, 32), bytes.subarray(32, 48), bytes.subarray(32)];
      if (!timingSafeEqual(code, codeOf(key.root, purpose, place, rest))) return undefined;
      const decipher = createDecipheriv('sm4-ctr', derived(key.root, `cipher ${purpose}`).subarray(0, 16), iv);
      return Buffer.concat([decipher.update(bytes.subarray(48)), decipher.final()]);
    },
    digests: (purpose, data) =>
      purpose.startsWith('blind-index:')
        ? of('blind-index')
            .filter(({ state }) => state !== 'retired')
            .map(({ root }) => digest(root, purpose, data))
        : [digest(contents.fixed, purpose, data)],
    newPair: () => {
      const pair = sm2.generateKeyPairHex();
      const handle = `kms:${randomBytes(16).toString('hex')}`;
      change({ pairs: { ...contents.pairs, [handle]: pair } });
      return { handle, publicKey: pair.publicKey };
    },
    findPair: (handle) => (Object.hasOwn(contents.pairs, handle) ? contents.pairs[handle] : undefined),
  };
};
