import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Clock } from '#kernel/time/clock.ts';
import {
  authorityCertificate,
  authorityOwner,
  certificateInForce,
  certificatesOfKeys,
  type KeptCertificate,
  type OwnedKey,
} from './signing-certificate.store.ts';

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
  /** The system's own authority, and every certificate it has issued for some keys. The key of `sealOwner` has one from then on. */
  certificates(db: Db, publicKeys: readonly string[], sealOwner: string): Promise<IssuedCertificates>;
}

/** Certificates with the authority that issued them. */
export interface IssuedCertificates {
  readonly authority: KeptCertificate;
  readonly issued: readonly KeptCertificate[];
}

interface OpenKey extends OwnedKey {
  /** While this lasts the key has a certificate. */
  readonly certified: Pick<KeptCertificate, 'notBefore' | 'notAfter'> | null;
}

/** What signs for the system itself is no person; its keys are known by their owner's name and get no certificate by signing. */
const isPerson = (ownerId: string): boolean => !/^(system|service):/.test(ownerId);

/** Keys are made at a person's first signature and kept open in memory for as long as the process lives. Source: tender R55, T5.7. */
export const personalSigner = (crypto: Crypto, clock: Clock): PersonalSigner => {
  const open = new Map<string, OpenKey>();
  const find = async (db: Db | Tx, ownerId: string): Promise<OpenKey | undefined> => {
    const row = await db
      .withTables<Tables>()
      .selectFrom('kernel.signing_key')
      .select(['public_key', 'sealed_private_key', 'created_at'])
      .where('owner_id', '=', ownerId)
      .executeTakeFirst();
    if (!row) return undefined;
    const plain = await crypto.open('signing-key', row.sealed_private_key, ownerId);
    return {
      ownerId,
      publicKey: row.public_key,
      privateKey: Buffer.from(plain).toString('utf8'),
      createdAt: row.created_at,
      certified: null,
    };
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
  const findOrMake = async (db: Db | Tx, ownerId: string): Promise<OpenKey> =>
    (await find(db, ownerId)) ?? (await make(db, ownerId));
  /** The key with a certificate that is in force now. What was issued in this transaction is not to be remembered. */
  const certify = async (db: Db | Tx, key: OpenKey): Promise<{ readonly key: OpenKey; readonly isNew: boolean }> => {
    const now = clock.now();
    const { certified } = key;
    if (certified && certified.notBefore <= now && now <= certified.notAfter) return { key, isNew: false };
    const authority = () => findOrMake(db, authorityOwner);
    const { certificate, isNew } = await certificateInForce(db, crypto, key, now, authority);
    return { key: { ...key, certified: certificate }, isNew };
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
      const bare = found ?? (await make(db, ownerId));
      const { key, isNew } = isPerson(ownerId) ? await certify(db, bare) : { key: bare, isNew: false };
      // What was made in this transaction is not remembered: the transaction may still be rolled back.
      if (found && !isNew) open.set(ownerId, key);
      return {
        publicKey: key.publicKey,
        signature: await crypto.signWith(key.privateKey, Buffer.from(digest, 'utf8')),
      };
    },
    certificates: async (db, publicKeys, sealOwner) => {
      const { key: seal } = await certify(db, await findOrMake(db, sealOwner));
      return {
        authority: await authorityCertificate(db, crypto, await findOrMake(db, authorityOwner)),
        issued: await certificatesOfKeys(db, [...new Set([...publicKeys, seal.publicKey])]),
      };
    },
  };
};
