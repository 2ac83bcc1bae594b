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
  return {
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
