import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { RealNameLevel } from '../model/real-name.ts';
import type { CitizenTables } from './citizen-application.tables.ts';

/** Who a citizen is, as the one-stop service vouched for it at the last sign-in. */
export interface CitizenPerson {
  readonly name: string;
  readonly identityNo: string;
  readonly mobile: string | null;
}

/** A citizen with how well they are known. */
export interface Citizen {
  readonly id: string;
  /** What the one-stop service calls them. */
  readonly outsideId: string;
  readonly person: CitizenPerson;
  readonly level: RealNameLevel;
}

/** By it the id of a citizen is told from that of an account. */
export const citizenIdPrefix = 'citizen:';

const purpose = 'personal-data';
const placeOf = (id: string): string => `elv.citizen:${id}`;

/** What is sealed of citizens. Source: tender R55 (4). */
export const citizenSealed: SealedTable = sealedColumns({
  table: 'elv.citizen',
  title: '一网通办登录人',
  key: ['id'],
  purpose,
  columns: { person: ({ id }) => placeOf(id ?? '') },
});

const citizens = (db: Db | Tx) => db.withTables<CitizenTables>().selectFrom('elv.citizen').selectAll();

const sealed = (crypto: Crypto, id: string, person: CitizenPerson): Promise<string> =>
  crypto.seal(purpose, Buffer.from(JSON.stringify(person), 'utf8'), placeOf(id));

/** The citizen of that id. */
export const findCitizen = async (db: Db | Tx, crypto: Crypto, id: string): Promise<Citizen | undefined> => {
  const row = await citizens(db).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const text = Buffer.from(await crypto.open(purpose, row.person, placeOf(id))).toString('utf8');
  // Sealed by this store from this shape; the level is written from the union only.
  return {
    id,
    outsideId: row.outside_id,
    person: JSON.parse(text) as CitizenPerson,
    level: row.level as RealNameLevel,
  };
};

/** Makes whatever else a citizen does at this moment wait for the transaction. */
export const lockCitizen = async (tx: Tx, id: string): Promise<void> => {
  await citizens(tx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
};

/** Keeps who came in, as they are called now; answers their id. */
export const keepCitizen = async (tx: Tx, crypto: Crypto, one: Omit<Citizen, 'id'>, now: Date): Promise<string> => {
  const made = citizenIdPrefix + uuidv7(now);
  const first = {
    id: made,
    outside_id: one.outsideId,
    person: await sealed(crypto, made, one.person),
    level: one.level,
    first_seen_at: now,
    seen_at: now,
  };
  if (await insertIfAbsent(tx, 'elv.citizen', first)) return made;
  const { id } = await citizens(tx).where('outside_id', '=', one.outsideId).forUpdate().executeTakeFirstOrThrow();
  await tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen')
    .set({ person: await sealed(crypto, id, one.person), level: one.level, seen_at: now })
    .where('id', '=', id)
    .execute();
  return id;
};

/** A session as stored under the digest of its token. */
export interface CitizenSession {
  readonly citizenId: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** Opens a session, and forgets those that are older than anything that may still be in force. */
export const addSession = async (
  tx: Tx,
  one: { readonly digest: string; readonly citizenId: string; readonly at: Date },
  forgetBefore: Date,
): Promise<void> => {
  const tables = tx.withTables<CitizenTables>();
  await tables.deleteFrom('elv.citizen_session').where('seen_at', '<', forgetBefore).execute();
  await tables
    .insertInto('elv.citizen_session')
    .values({ token_sm3: one.digest, citizen_id: one.citizenId, created_at: one.at, seen_at: one.at })
    .execute();
};

/** The session of a token digest. */
export const findSession = async (db: Db | Tx, digest: string): Promise<CitizenSession | undefined> => {
  const row = await db
    .withTables<CitizenTables>()
    .selectFrom('elv.citizen_session')
    .selectAll()
    .where('token_sm3', '=', digest)
    .executeTakeFirst();
  return row && { citizenId: row.citizen_id, createdAt: row.created_at, seenAt: row.seen_at };
};

/** Notes that a session is in use. */
export const touchSession = async (db: Db, digest: string, at: Date): Promise<void> => {
  await db
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_session')
    .set({ seen_at: at })
    .where('token_sm3', '=', digest)
    .execute();
};

/** Ends a session. */
export const endSession = async (tx: Tx, digest: string): Promise<void> => {
  await tx.withTables<CitizenTables>().deleteFrom('elv.citizen_session').where('token_sm3', '=', digest).execute();
};
