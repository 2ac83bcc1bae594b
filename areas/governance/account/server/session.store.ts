import type { Db, Tx } from '#kernel/db/database.ts';
import type { SessionEnd } from '../model/session-end.ts';
import type { AccountTables } from './account.tables.ts';

/** How far a sign-in has come; only `full` may do anything but go on signing in. */
export type Stage = 'second-factor' | 'change-password' | 'enrol' | 'full';

/** How a person has shown who they are at the first step. */
export type Way = 'password' | 'sign-on';

/** A session as stored. */
export interface StoredSession {
  readonly tokenSm3: string;
  readonly id: string;
  readonly userId: string;
  readonly stage: Stage;
  readonly way: Way;
  /** Whether a second factor was shown. */
  readonly proved: boolean;
  readonly ip: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** A session to be opened under the SM3 digest of its token; the token itself is never stored. */
export type NewSession = Omit<StoredSession, 'seenAt' | 'endedAt' | 'endReason'>;

const storedOf = (row: AccountTables['governance.session']): StoredSession => ({
  tokenSm3: row.token_sm3,
  id: row.id,
  userId: row.user_id,
  // Both columns are written from these unions only.
  stage: row.stage as Stage,
  way: row.way as Way,
  proved: row.proved,
  ip: row.ip,
  userAgent: row.user_agent,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
});

/** Opens a session, in use from this instant. */
export const addSession = async (tx: Tx, one: NewSession, at: Date): Promise<void> => {
  await tx
    .withTables<AccountTables>()
    .insertInto('governance.session')
    .values({
      token_sm3: one.tokenSm3,
      id: one.id,
      user_id: one.userId,
      stage: one.stage,
      way: one.way,
      proved: one.proved,
      ip: one.ip.slice(0, 64),
      user_agent: one.userAgent.slice(0, 300),
      created_at: one.createdAt,
      seen_at: at,
      ended_at: null,
      end_reason: null,
    })
    .execute();
};

/** The session of a token digest, ended ones as well; undefined when it was never opened or has been forgotten. */
export const findSession = async (db: Db | Tx, tokenSm3: string): Promise<StoredSession | undefined> => {
  const row = await db
    .withTables<AccountTables>()
    .selectFrom('governance.session')
    .selectAll()
    .where('token_sm3', '=', tokenSm3)
    .executeTakeFirst();
  return row && storedOf(row);
};

/** The complete sessions of a person that have not been ended, the oldest first. */
export const openSessionsOf = async (db: Db | Tx, userId: string): Promise<readonly StoredSession[]> => {
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('stage', '=', 'full')
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(storedOf);
};

/** Notes that a session is in use. */
export const touchSession = async (db: Db, tokenSm3: string, at: Date): Promise<void> => {
  await db
    .withTables<AccountTables>()
    .updateTable('governance.session')
    .set({ seen_at: at })
    .where('token_sm3', '=', tokenSm3)
    .execute();
};

/** Ends one session and keeps why, so that its person can be told. */
export const endSession = async (db: Db | Tx, tokenSm3: string, why: SessionEnd, at: Date): Promise<void> => {
  await db
    .withTables<AccountTables>()
    .updateTable('governance.session')
    .set({ ended_at: at, end_reason: why })
    .where('token_sm3', '=', tokenSm3)
    .where('ended_at', 'is', null)
    .execute();
};

/**
 * Ends every session of a person, half signed-in ones as well, except the one of a token digest where one is named.
 * Holds everywhere within seconds. Answers how many complete ones were ended.
 */
export const endSessionsOf = async (
  tx: Tx,
  userId: string,
  why: SessionEnd,
  at: Date,
  except: string | null = null,
): Promise<number> => {
  const rows = await tx
    .withTables<AccountTables>()
    .updateTable('governance.session')
    .set({ ended_at: at, end_reason: why })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('token_sm3', '!=', except ?? '')
    .returning('stage')
    .execute();
  return rows.filter(({ stage }) => stage === 'full').length;
};

/** Removes a session whose token has been replaced by a new one. */
export const removeSession = async (tx: Tx, tokenSm3: string): Promise<void> => {
  await tx.withTables<AccountTables>().deleteFrom('governance.session').where('token_sm3', '=', tokenSm3).execute();
};

/** Forgets the sessions of a person that were ended, or last seen, before an instant. */
export const forgetSessionsOf = async (tx: Tx, userId: string, before: Date): Promise<void> => {
  await tx
    .withTables<AccountTables>()
    .deleteFrom('governance.session')
    .where('user_id', '=', userId)
    .where('seen_at', '<', before)
    .execute();
};
