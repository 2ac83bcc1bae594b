import { SealBroken } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { countUnsealed, lastSeal, type SealKey, sealHeads, sealKeys } from './seal.store.ts';
import { keyIdOf, type Seal } from './seal.ts';
import type { VerifySeal } from './walk.ts';

/** Under whose name the server's key is kept. */
const sealOwner = 'system:audit-sealer';

/** Heads in one seal, at most: a seal stays small enough to be read at once. */
const mostHeads = 2_000;

/** When a seal is due: so many chains have moved, or so much time has passed since the last while at least one has. */
export interface SealPace {
  readonly heads: number;
  readonly seconds: number;
}

/** Where the newest seal is also noted, outside the database: whoever cuts off the end of the seals is met by this. */
export interface SealAnchor {
  read(): Promise<{ readonly number: number; readonly digest: string } | undefined>;
  write(seal: { readonly number: number; readonly digest: string }): Promise<void>;
}

/** No note outside the database: for tests and trials. */
export const noAnchor: SealAnchor = { read: async () => undefined, write: async () => undefined };

/** What the sealer works with. */
export interface SealerParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  readonly pace: () => Promise<SealPace>;
  readonly anchor: SealAnchor;
}

/** Seals the heads of all chains, every so many changes or seconds. Any number may run on one database. Source: tender R45. */
export interface Sealer {
  /** Seals what is unsealed now, whatever the pace; answers the seals made. */
  sealNow(): Promise<readonly Seal[]>;
  /** The same where the pace says so. */
  sealDue(): Promise<void>;
}

/** The server's own key, kept as a person's is: sealed under the master key, made at its first signature. */
export const sealKeyOf = (signer: PersonalSigner): SealKey => ({
  publicKey: async (tx) => (await signer.sign(tx, sealOwner, 'public key of the audit sealer')).publicKey,
  sign: async (tx, digest) => (await signer.sign(tx, sealOwner, digest)).signature,
});

/** The sealer over a database. */
export const sealerOver = (parts: SealerParts): Sealer => {
  const { db, clock, signer, anchor } = parts;
  const key = sealKeyOf(signer);
  const seal = async (): Promise<Seal | undefined> => {
    const made = await sealHeads({ db, now: clock.now(), key, most: mostHeads });
    if (made) await anchor.write({ number: made.number, digest: made.digest });
    return made;
  };
  const sealAll = async (): Promise<readonly Seal[]> => {
    const made: Seal[] = [];
    for (let one = await seal(); one; one = await seal()) {
      made.push(one);
      if (one.heads.length < mostHeads) break;
    }
    return made;
  };
  const isDue = async (): Promise<boolean> => {
    const { heads, seconds } = await parts.pace();
    const waiting = await countUnsealed(db, heads);
    if (waiting === 0) return false;
    const { at } = await lastSeal(db);
    // A clock that was put back must not keep the next seal waiting.
    return waiting >= heads || at === null || Math.abs(clock.now().getTime() - at.getTime()) >= seconds * 1000;
  };
  return {
    sealNow: sealAll,
    sealDue: async () => {
      if (await isDue()) await sealAll();
    },
  };
};

/**
 * Trusts the keys that are the server's own: those whose private half only the server can open. A key put into the table by SQL is not
 * among them.
 */
export const ownSealKeys = (
  db: Db,
  signer: PersonalSigner,
  verify: (publicKey: string, digest: string, signature: string) => Promise<boolean>,
): VerifySeal => {
  let known: ReadonlyMap<string, string> = new Map();
  const find = async (keyId: string): Promise<string | undefined> => {
    if (!known.has(keyId)) known = await sealKeys(db);
    const publicKey = known.get(keyId);
    if (publicKey === undefined || keyIdOf(publicKey) !== keyId) return undefined;
    try {
      return (await signer.isOwn(db, sealOwner, publicKey)) ? publicKey : undefined;
    } catch (error) {
      // A private key that does not open under our master key is not ours, and neither is what it signed.
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  };
  return async (keyId, digest, signature) => {
    const publicKey = await find(keyId);
    return publicKey === undefined ? 'unknown-key' : verify(publicKey, digest, signature);
  };
};
