import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Clock } from '#kernel/time/clock.ts';

type Tables = {
  'kernel.signing_key': { owner_id: string; public_key: string; sealed_private_key: string; created_at: Date };
};

/** Signs with a person's own SM2 key. The software edition keeps the keys sealed in the database; a certificate edition replaces it. */
export interface PersonalSigner {
  sign(
    db: Db | Tx,
    ownerId: string,
    digest: string,
  ): Promise<{ readonly publicKey: string; readonly signature: string }>;
  /** Whether a public key is the owner's: it fits the private key that only we can open. A key put into the table by SQL is not. */
  isOwn(db: Db | Tx, ownerId: string, publicKey: string): Promise<boolean>;
}

interface OpenKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Keys are made at a person's first signature and kept open in memory for as long as the process lives. Source: tender R55, T5.7. */
export const personalSigner = (crypto: Crypto, clock: Clock): PersonalSigner => {
  const open = new Map<string, OpenKey>();
  const find = async (db: Db | Tx, ownerId: string): Promise<OpenKey | undefined> => {
    const row = await db
      .withTables<Tables>()
      .selectFrom('kernel.signing_key')
      .select(['public_key', 'sealed_private_key'])
      .where('owner_id', '=', ownerId)
      .executeTakeFirst();
    if (!row) return undefined;
    const plain = await crypto.open('signing-key', row.sealed_private_key, ownerId);
    return { publicKey: row.public_key, privateKey: Buffer.from(plain).toString('utf8') };
  };
  const make = async (db: Db | Tx, ownerId: string): Promise<OpenKey> => {
    const pair = await crypto.newKeyPair();
    const sealed = await crypto.seal('signing-key', Buffer.from(pair.privateKey, 'utf8'), ownerId);
    await insertIfAbsent(db, 'kernel.signing_key', {
      owner_id: ownerId,
      public_key: pair.publicKey,
      sealed_private_key: sealed,
      created_at: clock.now(),
    });
    const kept = await find(db, ownerId);
    if (!kept) throw new Error(`signing key of ${ownerId} was not kept`);
    return kept;
  };
  const proven = new Set<string>();
  return {
    isOwn: async (db, ownerId, publicKey) => {
      const mark = `${ownerId} ${publicKey}`;
      if (proven.has(mark)) return true;
      const key = await find(db, ownerId);
      if (!key) return false;
      const proof = Buffer.from(mark, 'utf8');
      const fits = await crypto.verify(publicKey, proof, await crypto.signWith(key.privateKey, proof));
      if (fits) proven.add(mark);
      return fits;
    },
    sign: async (db, ownerId, digest) => {
      const found = open.get(ownerId) ?? (await find(db, ownerId));
      // A key made in this transaction is not remembered: the transaction may still be rolled back.
      if (found) open.set(ownerId, found);
      const key = found ?? (await make(db, ownerId));
      return {
        publicKey: key.publicKey,
        signature: await crypto.signWith(key.privateKey, Buffer.from(digest, 'utf8')),
      };
    },
  };
};
