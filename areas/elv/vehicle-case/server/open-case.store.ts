import type { Subject } from '#kernel/access/access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { emptyRecord, type VehicleCase } from '../model/vehicle-case.record.ts';
import { projectionOf } from './projection.ts';
import { sealRecord } from './record-seal.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The next number of a day. Taken in a transaction of its own: a gap is harmless, a queue of clerks is not. */
const nextCaseNo = async (db: Db, now: Date): Promise<string> => {
  const day = shanghaiDay(now).replaceAll('-', '');
  const last = await inTransaction(db, async (tx) => {
    const tables = tx.withTables<ElvTables>();
    await insertIfAbsent(tx, 'elv.case_counter', { day, last: 0 });
    const row = await tables
      .updateTable('elv.case_counter')
      .set((eb) => ({ last: eb('last', '+', 1) }))
      .where('day', '=', day)
      .returning('last')
      .executeTakeFirstOrThrow();
    return row.last;
  });
  return `SC${day}${String(last).padStart(5, '0')}`;
};

const findByKey = async (db: Db | Tx, key: string): Promise<{ id: string; caseNo: string } | undefined> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(['id', 'case_no'])
    .where('open_key', '=', key)
    .executeTakeFirst();
  return row && { id: row.id, caseNo: row.case_no };
};

/** A case to be opened. `openKey` is unique: the same click twice opens one case. */
export interface Opening {
  readonly openKey: string;
  readonly registeredWithPolice: boolean;
  readonly by: Subject & {
    readonly organisationId: string;
    readonly organisationName: string;
    readonly organisationCode: string;
  };
  readonly now: Date;
}

/** Opens a case, or answers the one this key has opened before. `then` runs in the same transaction for a new case. */
export const openCase = async (
  db: Db,
  crypto: Crypto,
  opening: Opening,
  then: (tx: Tx, id: string, caseNo: string) => Promise<void>,
): Promise<{ id: string; caseNo: string }> => {
  const openKey = `${opening.by.id}:${opening.openKey}`.slice(0, 64);
  const before = await findByKey(db, openKey);
  if (before) return before;
  const caseNo = await nextCaseNo(db, opening.now);
  const id = uuidv7(opening.now);
  const record: VehicleCase = { ...emptyRecord(opening.registeredWithPolice), photos: [], checks: {} };
  const text = await sealRecord(crypto, id, emptyRecord(opening.registeredWithPolice));
  const projection = await projectionOf(crypto, record);
  return inTransaction(db, async (tx) => {
    const made = await insertIfAbsent(tx, 'elv.vehicle_case', {
      id,
      case_no: caseNo,
      open_key: openKey,
      lifecycle_version: vehicleCase.version,
      state: vehicleCase.initial,
      version: 1,
      round: 1,
      holds: '',
      enterprise_id: opening.by.organisationId,
      enterprise_name: opening.by.organisationName,
      enterprise_code: opening.by.organisationCode,
      district_code: opening.by.districtCode,
      opened_by: opening.by.id,
      opened_at: opening.now,
      state_since: opening.now,
      deadline_at: null,
      record: text,
      record_at_step: text,
      ...projection,
    });
    if (made) {
      await then(tx, id, caseNo);
      return { id, caseNo };
    }
    const first = await findByKey(tx, openKey);
    if (!first) throw new Error('a case number was given twice');
    return first;
  });
};
