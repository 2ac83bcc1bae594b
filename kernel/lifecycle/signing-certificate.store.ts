import { randomBytes } from 'node:crypto';
import type { Crypto, KeyPair } from '#kernel/crypto/crypto.ts';
import {
  type CertificateName,
  certificateBody,
  pemOf,
  usualExtensions,
  wholeCertificate,
} from '#kernel/crypto/write-certificate.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

/** The name the system's own authority keeps its key under. */
export const authorityOwner = 'system:certificate-authority';

interface CertificateTable {
  /** The serial number in hex; of the authority's own certificate its name. */
  number: string;
  owner_id: string;
  public_key: string;
  pem: string;
  not_before: Date;
  not_after: Date;
}

type Tables = { 'kernel.signing_certificate': CertificateTable };

/** A signing key with whose it is and since when. */
export interface OwnedKey extends KeyPair {
  readonly ownerId: string;
  readonly createdAt: Date;
}

/** A certificate as it is kept. */
export interface KeptCertificate {
  readonly publicKey: string;
  readonly pem: string;
  readonly notBefore: Date;
  /** The last moment it is good for. */
  readonly notAfter: Date;
}

const organisation = '沪商监管';
const authorityName: CertificateName = { organisation, commonName: '沪商监管签名证书签发' };

/** The authority is older than anything it vouches for and outlives it; a certificate writes years up to 2049 this way. */
const authorityTerm = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

/** How long a person's certificate is good for, in years; the next one is issued by itself. */
export const certificateYears = 3;

const kept = (row: CertificateTable): KeptCertificate => ({
  publicKey: row.public_key,
  pem: row.pem,
  notBefore: row.not_before,
  notAfter: row.not_after,
});

const certificates = (db: Db | Tx) => db.withTables<Tables>().selectFrom('kernel.signing_certificate').selectAll();

/** The authority's certificate and how many it has issued; undefined before the first. */
export const authorityState = async (
  db: Db,
): Promise<{ readonly pem: string; readonly issued: number } | undefined> => {
  const authority = await certificates(db).where('number', '=', authorityOwner).executeTakeFirst();
  if (!authority) return undefined;
  const { count } = await db
    .withTables<Tables>()
    .selectFrom('kernel.signing_certificate')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('number', '<>', authorityOwner)
    .executeTakeFirstOrThrow();
  return { pem: authority.pem, issued: Number(count) };
};

/** The certificates of some public keys, the oldest first. */
export const certificatesOfKeys = async (
  db: Db | Tx,
  publicKeys: readonly string[],
): Promise<readonly KeptCertificate[]> => {
  if (publicKeys.length === 0) return [];
  const rows = await certificates(db)
    .where('public_key', 'in', [...publicKeys])
    .orderBy('not_before')
    .orderBy('number')
    .execute();
  return rows.map(kept);
};

/** A step's time is taken before it is signed; so long it may lie before the certificate was asked for, in ms. */
const slackMs = 10 * 60_000;

const toSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

const newSerial = (): Buffer => Buffer.concat([Buffer.of(0x48), randomBytes(15)]);

interface Issue {
  readonly subject: CertificateName;
  readonly term: { readonly notBefore: Date; readonly notAfter: Date };
  readonly key: OwnedKey;
  readonly authority: KeyPair;
  readonly extensions: readonly Buffer[];
}

const issue = async (crypto: Crypto, { subject, term, key, authority, extensions }: Issue) => {
  const serial = newSerial();
  const wish = { serial, issuer: authorityName, subject, ...term, publicKey: key.publicKey, extensions };
  const body = certificateBody(wish);
  const signature = Buffer.from(await crypto.signWith(authority.privateKey, body), 'base64');
  return {
    number: serial.toString('hex'),
    owner_id: key.ownerId,
    public_key: key.publicKey,
    pem: pemOf(wholeCertificate(body, signature)),
    not_before: term.notBefore,
    not_after: term.notAfter,
  } satisfies CertificateTable;
};

/** The authority's own certificate, signed by itself; made when it is first needed, and of several who make it at once one stays. */
export const authorityCertificate = async (
  db: Db | Tx,
  crypto: Crypto,
  authority: OwnedKey,
): Promise<KeptCertificate> => {
  const find = () => certificates(db).where('number', '=', authorityOwner).executeTakeFirst();
  const found = await find();
  if (found) return kept(found);
  const extensions = [usualExtensions.authority(0), usualExtensions.signsCertificates];
  const made = await issue(crypto, {
    subject: authorityName,
    term: authorityTerm,
    key: authority,
    authority,
    extensions,
  });
  await insertIfAbsent(db, 'kernel.signing_certificate', { ...made, number: authorityOwner });
  const stays = await find();
  if (!stays) throw new Error('the certificate of the authority was not kept');
  return kept(stays);
};

/**
 * The certificate by which a key is its owner's at a moment; issued where there is none in force. The first one of a key begins with the key: what was signed before
 * there were certificates is covered. It names the account's id, which never changes hands; who that was then stands in what was signed. Source: tender R55 (5), T5.7, T5.8.
 */
export const certificateInForce = async (
  db: Db | Tx,
  crypto: Crypto,
  key: OwnedKey,
  now: Date,
  authorityKey: () => Promise<OwnedKey>,
): Promise<{ readonly certificate: KeptCertificate; readonly isNew: boolean }> => {
  const had = await certificatesOfKeys(db, [key.publicKey]);
  const good = had.findLast(({ notBefore, notAfter }) => notBefore <= now && now <= notAfter);
  if (good) return { certificate: good, isNew: false };
  const authority = await authorityKey();
  await authorityCertificate(db, crypto, authority);
  const since = had.length === 0 && key.createdAt < now ? key.createdAt : now;
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + certificateYears);
  const notAfter = until < authorityTerm.notAfter ? toSecond(until) : authorityTerm.notAfter;
  const subject = { organisation, commonName: key.ownerId };
  const term = { notBefore: toSecond(new Date(since.getTime() - slackMs)), notAfter };
  const made = await issue(crypto, { subject, term, key, authority, extensions: [usualExtensions.signs] });
  await db.withTables<Tables>().insertInto('kernel.signing_certificate').values(made).execute();
  return { certificate: kept(made), isNew: true };
};
