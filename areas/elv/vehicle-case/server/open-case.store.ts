import type { Subject } from '#kernel/access/access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { emptyRecord, type VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { projectionOf } from './projection.ts';
import { sealRecord } from './record-seal.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The next numbers of a day; whoever takes one makes the next wait until the transaction is over. */
const takeCaseNos = async (tx: Tx, now: Date, count: number): Promise<readonly string[]> => {
  const day = shanghaiDay(now).replaceAll('-', '');
  const tables = tx.withTables<ElvTables>();
  await insertIfAbsent(tx, 'elv.case_counter', { day, last: 0 });
  const { last } = await tables
    .updateTable('elv.case_counter')
    .set((eb) => ({ last: eb('last', '+', count) }))
    .where('day', '=', day)
    .returning('last')
    .executeTakeFirstOrThrow();
  return Array.from({ length: count }, (_, at) => `SC${day}${String(last - count + 1 + at).padStart(5, '0')}`);
};

/** The next numbers of a day. Taken in a transaction of their own: a gap is harmless, a queue of clerks is not. */
export const nextCaseNos = (db: Db, now: Date, count: number): Promise<readonly string[]> =>
  inTransaction(db, (tx) => takeCaseNos(tx, now, count));

const findByKey = async (db: Db | Tx, key: string): Promise<{ id: string; caseNo: string } | undefined> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(['id', 'case_no'])
    .where('open_key', '=', key)
    .executeTakeFirst();
  return row && { id: row.id, caseNo: row.case_no };
};

/** For whom a case is opened. */
export interface Opener {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationCode: string;
  readonly districtCode: string | null;
}

/** A case to be opened. `openKey` is unique: the same click twice opens one case. */
export interface Opening {
  readonly openKey: string;
  readonly registeredWithPolice: boolean;
  readonly by: Subject & Opener;
  readonly now: Date;
}

/** Adds a case in its first state; false where its key has opened one before. */
export const addCase = async (
  tx: Tx,
  crypto: Crypto,
  made: {
    readonly id: string;
    readonly caseNo: string;
    readonly openKey: string;
    readonly originKey?: string;
    readonly record: VehicleCaseRecord;
    readonly by: Opener;
    readonly now: Date;
  },
): Promise<boolean> => {
  const { id, by, now } = made;
  const text = await sealRecord(crypto, id, made.record);
  return insertIfAbsent(tx, 'elv.vehicle_case', {
    id,
    case_no: made.caseNo,
    open_key: made.openKey,
    origin_key: made.originKey ?? null,
    lifecycle_version: vehicleCase.version,
    state: vehicleCase.initial,
    version: 1,
    round: 1,
    holds: '',
    enterprise_id: by.organisationId,
    enterprise_name: by.organisationName,
    enterprise_code: by.organisationCode,
    district_code: by.districtCode,
    opened_by: by.id,
    opened_at: now,
    state_since: now,
    deadline_at: null,
    held_since: null,
    held_deadline: null,
    record: text,
    record_at_step: text,
    ...(await projectionOf(crypto, { ...made.record, photos: [], checks: {} })),
  });
};

/** Opens a case that begins with what another one had, in the caller's transaction. `openKey` is the one thing it may be opened for, `originKey` what the case it goes on from was opened for. */
export const openCarriedCase = async (
  tx: Tx,
  crypto: Crypto,
  opening: {
    readonly openKey: string;
    readonly originKey?: string;
    readonly record: VehicleCaseRecord;
    readonly by: Opener;
    readonly now: Date;
  },
): Promise<{ readonly id: string; readonly caseNo: string }> => {
  const [caseNo = ''] = await takeCaseNos(tx, opening.now, 1);
  const opened = { id: uuidv7(opening.now), caseNo };
  const made = await addCase(tx, crypto, { ...opening, ...opened });
  if (!made) throw new Error(`a case was opened for ${opening.openKey} before`);
  return opened;
};

/** Opens a case, or answers the one this key has opened before. `then` runs in the same transaction for a new case. */
export const openCase = async (
  db: Db,
  crypto: Crypto,
  { by, now, ...opening }: Opening,
  then: (tx: Tx, id: string, caseNo: string) => Promise<void>,
): Promise<{ id: string; caseNo: string }> => {
  const openKey = `${by.id}:${opening.openKey}`.slice(0, 64);
  const before = await findByKey(db, openKey);
  if (before) return before;
  const [caseNo = ''] = await nextCaseNos(db, now, 1);
  const id = uuidv7(now);
  const record = emptyRecord(opening.registeredWithPolice);
  return inTransaction(db, async (tx) => {
    if (await addCase(tx, crypto, { id, caseNo, openKey, record, by, now })) {
      await then(tx, id, caseNo);
      return { id, caseNo };
    }
    const first = await findByKey(tx, openKey);
    if (!first) throw new Error('a case number was given twice');
    return first;
  });
};
