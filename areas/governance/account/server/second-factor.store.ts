import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { AccountTables } from './account.tables.ts';

/** A person's TOTP as stored. `lastStep` is the number of the last half minute whose code was used. */
export interface StoredTotp {
  readonly sealedSecret: string;
  readonly lastStep: number;
  readonly enrolledAt: Date;
}

/** A certificate bound to a person. */
export interface BoundCertificate {
  readonly fingerprint: string;
  readonly userId: string;
  readonly subject: string;
  readonly pem: string;
  readonly expiresAt: Date;
  readonly boundAt: Date;
}

/** A person's TOTP; undefined when none is enrolled. */
export const findTotp = async (db: Db | Tx, userId: string): Promise<StoredTotp | undefined> => {
  const row = await db
    .withTables<AccountTables>()
    .selectFrom('governance.totp')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { sealedSecret: row.sealed_secret, lastStep: Number(row.last_step), enrolledAt: row.enrolled_at };
};

/** Takes up a step as used; false when it, or a later one, has been used before. One statement, so two requests cannot both use it. */
export const takeStep = async (tx: Tx, userId: string, step: number): Promise<boolean> => {
  const result = await tx
    .withTables<AccountTables>()
    .updateTable('governance.totp')
    .set({ last_step: String(step) })
    .where('user_id', '=', userId)
    .where('last_step', '<', String(step))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

/** Removes a person's TOTP and the recovery codes that belong to it. */
export const removeTotp = async (tx: Tx, userId: string): Promise<void> => {
  await tx.withTables<AccountTables>().deleteFrom('governance.totp').where('user_id', '=', userId).execute();
  await tx.withTables<AccountTables>().deleteFrom('governance.recovery_code').where('user_id', '=', userId).execute();
};

/** Puts a TOTP in the place of whatever stood there. */
export const putTotp = async (tx: Tx, userId: string, totp: StoredTotp): Promise<void> => {
  await removeTotp(tx, userId);
  await tx
    .withTables<AccountTables>()
    .insertInto('governance.totp')
    .values({
      user_id: userId,
      sealed_secret: totp.sealedSecret,
      last_step: String(totp.lastStep),
      enrolled_at: totp.enrolledAt,
    })
    .execute();
};

/** Puts recovery codes, by their digests, in the place of all earlier ones. */
export const putRecoveryCodes = async (tx: Tx, userId: string, digests: readonly string[]): Promise<void> => {
  const tables = tx.withTables<AccountTables>();
  await tables.deleteFrom('governance.recovery_code').where('user_id', '=', userId).execute();
  await tables
    .insertInto('governance.recovery_code')
    .values(digests.map((digest) => ({ user_id: userId, digest })))
    .execute();
};

/** Uses a recovery code up; false when there is none of that digest. */
export const takeRecoveryCode = async (tx: Tx, userId: string, digest: string): Promise<boolean> => {
  const result = await tx
    .withTables<AccountTables>()
    .deleteFrom('governance.recovery_code')
    .where('user_id', '=', userId)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};

/** How many recovery codes a person has left. */
export const countRecoveryCodes = async (db: Db | Tx, userId: string): Promise<number> => {
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.recovery_code')
    .select('digest')
    .where('user_id', '=', userId)
    .execute();
  return rows.length;
};

/** The certificates bound to a person, the latest first. */
export const certificatesOf = async (db: Db | Tx, userId: string): Promise<readonly BoundCertificate[]> => {
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.user_certificate')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('bound_at', 'desc')
    .execute();
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    userId: row.user_id,
    subject: row.subject,
    pem: row.pem,
    expiresAt: row.expires_at,
    boundAt: row.bound_at,
  }));
};

/** Binds a certificate; false when it is bound already, to whomever. */
export const addCertificate = (tx: Tx, one: BoundCertificate): Promise<boolean> =>
  insertIfAbsent(tx, 'governance.user_certificate', {
    fingerprint: one.fingerprint,
    user_id: one.userId,
    subject: one.subject,
    pem: one.pem,
    expires_at: one.expiresAt,
    bound_at: one.boundAt,
  });

/** Unbinds a certificate of a person; false when they have none of that fingerprint. */
export const removeCertificate = async (tx: Tx, userId: string, fingerprint: string): Promise<boolean> => {
  const result = await tx
    .withTables<AccountTables>()
    .deleteFrom('governance.user_certificate')
    .where('user_id', '=', userId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};
