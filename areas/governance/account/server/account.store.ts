import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

type Tables = {
  'governance.organisation': { id: string; name: string; credit_code: string; district_code: string; kind: string };
  'governance.user_account': {
    id: string;
    user_name: string;
    name: string;
    organisation_id: string | null;
    password_hash: string;
    failures: number;
    locked_until: Date | null;
    created_at: Date;
  };
  'governance.session': { token_sm3: string; user_id: string; created_at: Date; seen_at: Date };
};

/** An account as signing in needs it. */
export interface Account {
  readonly id: string;
  readonly userName: string;
  readonly passwordHash: string;
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

/** A person as an account tells them; which roles they hold stands in the access list. */
export type Person = Omit<Subject, 'roles'>;

/** A session with its person. */
export interface Session {
  readonly person: Person;
  readonly userName: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** An organisation that people belong to. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
}

/** A person to be given an account. */
export interface NewAccount {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly passwordHash: string;
  readonly at: Date;
}

/** The account of a user name, locked for the length of the transaction so that failures are counted one by one. */
export const findAccount = async (tx: Tx, userName: string): Promise<Account | undefined> => {
  const row = await tx
    .withTables<Tables>()
    .selectFrom('governance.user_account')
    .select(['id', 'user_name', 'password_hash', 'failures', 'locked_until'])
    .where('user_name', '=', userName)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      userName: row.user_name,
      passwordHash: row.password_hash,
      failures: row.failures,
      lockedUntil: row.locked_until,
    }
  );
};

/** Keeps how often in a row the password was wrong, and until when the account is locked. */
export const noteAttempt = async (tx: Tx, id: string, failures: number, lockedUntil: Date | null): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('governance.user_account')
    .set({ failures, locked_until: lockedUntil })
    .where('id', '=', id)
    .execute();
};

/** The person behind an account id. Errors: throws when there is none. */
export const getPerson = async (db: Db | Tx, id: string): Promise<{ person: Person; userName: string }> => {
  const tables = db.withTables<Tables>();
  const row = await tables
    .selectFrom('governance.user_account as u')
    .leftJoin('governance.organisation as o', 'o.id', 'u.organisation_id')
    .select([
      'u.id',
      'u.name',
      'u.user_name',
      'u.organisation_id',
      'o.name as organisation_name',
      'o.credit_code as organisation_code',
      'o.district_code as organisation_district',
    ])
    .where('u.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    userName: row.user_name,
    person: {
      id: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      organisationName: row.organisation_name,
      organisationCode: row.organisation_code,
      districtCode: row.organisation_district,
    },
  };
};

/** Opens a session under the SM3 digest of its token; the token itself is never stored. */
export const addSession = async (tx: Tx, tokenSm3: string, userId: string, at: Date): Promise<void> => {
  await tx
    .withTables<Tables>()
    .insertInto('governance.session')
    .values({ token_sm3: tokenSm3, user_id: userId, created_at: at, seen_at: at })
    .execute();
};

/** The session of a token digest; undefined when it was never opened or has been ended. */
export const findSession = async (db: Db, tokenSm3: string): Promise<Session | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('governance.session')
    .select(['user_id', 'created_at', 'seen_at'])
    .where('token_sm3', '=', tokenSm3)
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...(await getPerson(db, row.user_id)), createdAt: row.created_at, seenAt: row.seen_at };
};

/** Notes that a session is in use. */
export const touchSession = async (db: Db, tokenSm3: string, at: Date): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('governance.session')
    .set({ seen_at: at })
    .where('token_sm3', '=', tokenSm3)
    .execute();
};

/** Ends a session. */
export const removeSession = async (db: Db | Tx, tokenSm3: string): Promise<void> => {
  await db.withTables<Tables>().deleteFrom('governance.session').where('token_sm3', '=', tokenSm3).execute();
};

/** Adds an organisation unless it is there. */
export const ensureOrganisation = async (db: Db | Tx, one: Organisation): Promise<void> => {
  await insertIfAbsent(db, 'governance.organisation', {
    id: one.id,
    name: one.name,
    credit_code: one.creditCode,
    district_code: one.districtCode,
    kind: one.kind,
  });
};

/** Adds a person unless the user name is taken. */
export const ensureAccount = async (db: Db | Tx, one: NewAccount): Promise<void> => {
  await insertIfAbsent(db, 'governance.user_account', {
    id: one.id,
    user_name: one.userName,
    name: one.name,
    organisation_id: one.organisationId,
    password_hash: one.passwordHash,
    failures: 0,
    locked_until: null,
    created_at: one.at,
  });
};
