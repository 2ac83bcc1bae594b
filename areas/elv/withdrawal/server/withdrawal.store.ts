import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import { keptOf, type Withdrawal, type WithdrawalRecord } from '../model/withdrawal.record.ts';
import { listPapers } from './paper.store.ts';
import type { CaseInHand, VehicleCases } from './vehicle-cases.ts';
import type { WithdrawalTable, WithdrawalTables } from './withdrawal.tables.ts';
import { type WithdrawalAccess, withdrawalColumns } from './withdrawal-access.ts';

const lifecycle = widened(withdrawal);

/** Where a withdrawal stands, without what is filled in. */
export type Standing = Omit<WithdrawalTable, 'record' | 'record_at_step'>;

/** A withdrawal as the engine finds it under lock. */
export interface FoundWithdrawal extends Snapshot<Withdrawal> {
  readonly row: Standing;
  readonly atStep: string;
}

/** What reading a withdrawal needs beside the database: its case is looked at with it. */
interface ShelfParts {
  readonly cases: VehicleCases;
  readonly clock: Clock;
}

const table = (db: Db | Tx) => db.withTables<WithdrawalTables>().selectFrom('elv.withdrawal');

const within = (db: Db | Tx, id: string, rows: Predicate) =>
  table(db)
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, withdrawalColumns));

const gone: Pick<CaseInHand, 'admitted' | 'externalCaseId' | 'certificateNo' | 'obstacles'> = {
  admitted: false,
  externalCaseId: null,
  certificateNo: null,
  obstacles: [],
};

const found = async (
  db: Db | Tx,
  { cases, clock }: ShelfParts,
  { record, record_at_step: atStep, ...row }: WithdrawalTable,
): Promise<FoundWithdrawal> => {
  const papers = await listPapers(db, row.id);
  const ended = getState(lifecycle, row.state).kind === 'final';
  const { admitted, externalCaseId, certificateNo, obstacles } = ended
    ? gone
    : ((await cases.find(db, row.case_id, clock.now())) ?? gone);
  return {
    row,
    atStep,
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: [],
    record: {
      // Written by this store from this shape.
      ...(JSON.parse(record) as WithdrawalRecord),
      papers: papers.map(({ id, part, sm3 }) => ({ id, part, sm3 })),
      case: { admitted, externalCaseId, certificateNo, obstacles },
    },
  };
};

/** The withdrawal of that id within the rows the asker may see; undefined otherwise. */
export const findWithdrawal = async (
  db: Db | Tx,
  parts: ShelfParts,
  id: string,
  rows: Predicate,
): Promise<FoundWithdrawal | undefined> => {
  const row = await within(db, id, rows).selectAll().executeTakeFirst();
  return row && found(db, parts, row);
};

/** The same under lock, for changes. */
export const lockWithdrawal = async (
  tx: Tx,
  parts: ShelfParts,
  id: string,
  rows: Predicate,
): Promise<FoundWithdrawal | undefined> => {
  const row = await within(tx, id, rows).selectAll().forUpdate().executeTakeFirst();
  return row && found(tx, parts, row);
};

/** The withdrawals of a case, newest first; of a case there are few. */
export const listOfCase = (db: Db | Tx, caseId: string): Promise<WithdrawalTable[]> =>
  table(db).selectAll().where('case_id', '=', caseId).orderBy('opened_at', 'desc').limit(20).execute();

/** The withdrawal by which an enterprise came to a case; undefined for a case that was taken in at the door. */
export const findBySuccessorCase = (db: Db | Tx, caseId: string): Promise<WithdrawalTable | undefined> =>
  table(db).selectAll().where('successor_case_id', '=', caseId).executeTakeFirst();

/** The withdrawal of a case that has not ended. */
export const findLiving = (db: Db | Tx, caseId: string): Promise<{ id: string } | undefined> =>
  table(db).select('id').where('living_case_id', '=', caseId).executeTakeFirst();

/** A withdrawal by its id or its number, as access control sees it. */
export const findByNumber = (
  db: Db,
  known: string,
): Promise<(WithdrawalAccess & { withdrawal_no: string }) | undefined> =>
  table(db)
    .select([...Object.values(withdrawalColumns), 'withdrawal_no'])
    .where((eb) => eb.or([eb('id', '=', known), eb('withdrawal_no', '=', known)]))
    .executeTakeFirst();

/** The next number of a day. */
const takeNumber = async (tx: Tx, now: Date): Promise<string> => {
  const day = shanghaiDay(now).replaceAll('-', '');
  await insertIfAbsent(tx, 'elv.withdrawal_counter', { day, last: 0 });
  const { last } = await tx
    .withTables<WithdrawalTables>()
    .updateTable('elv.withdrawal_counter')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('day', '=', day)
    .returning('last')
    .executeTakeFirstOrThrow();
  return `CX${day}${String(last).padStart(5, '0')}`;
};

const projectionOf = ({ application, vehicle, successor, successorCase }: WithdrawalRecord) => ({
  kind: typeof application.kind === 'string' ? application.kind.slice(0, 20) : null,
  successor_id: successor?.id ?? null,
  successor_case_id: successorCase?.id ?? null,
  case_no: vehicle.caseNo,
  plate_no: vehicle.plateNo?.slice(0, 20) ?? null,
  vin: vehicle.vin?.slice(0, 40) ?? null,
});

/** Opens a withdrawal of a case unless one is living; the unique key decides between two at once. Answers undefined when one is. */
export const addWithdrawal = async (
  tx: Tx,
  about: CaseInHand,
  by: string,
  now: Date,
): Promise<{ readonly id: string; readonly withdrawalNo: string } | undefined> => {
  const { caseNo, plateNo, plateTypeCode, vin, brandModel } = about;
  const record: WithdrawalRecord = {
    application: {},
    vehicle: { caseNo, plateNo, plateTypeCode, vin, brandModel },
    caseStood: null,
    successor: null,
    successorCase: null,
    refusalReason: null,
  };
  const text = JSON.stringify(record);
  const id = uuidv7(now);
  const withdrawalNo = await takeNumber(tx, now);
  const made = await insertIfAbsent(tx, 'elv.withdrawal', {
    id,
    withdrawal_no: withdrawalNo,
    lifecycle_version: withdrawal.version,
    state: withdrawal.initial,
    version: 1,
    round: 1,
    case_id: about.id,
    living_case_id: about.id,
    enterprise_id: about.enterpriseId,
    enterprise_name: about.enterpriseName,
    district_code: about.districtCode,
    opened_by: by,
    opened_at: now,
    state_since: now,
    deadline_at: null,
    record: text,
    record_at_step: text,
    ...projectionOf(record),
  });
  return made ? { id, withdrawalNo } : undefined;
};

/** Writes a changed application. */
export const saveRecord = async (tx: Tx, id: string, record: Withdrawal, version: number): Promise<void> => {
  const kept = keptOf(record);
  await tx
    .withTables<WithdrawalTables>()
    .updateTable('elv.withdrawal')
    .set({ record: JSON.stringify(kept), version, ...projectionOf(kept) })
    .where('id', '=', id)
    .execute();
};

/** Makes the version grow where only something beside the record has changed: an older view is stale. */
export const bumpVersion = async (tx: Tx, id: string, version: number): Promise<void> => {
  await tx.withTables<WithdrawalTables>().updateTable('elv.withdrawal').set({ version }).where('id', '=', id).execute();
};

const move = async (tx: Tx, moved: Moved<Withdrawal>): Promise<void> => {
  const kept = keptOf(moved.record);
  const record = JSON.stringify(kept);
  const ended = getState(lifecycle, moved.state).kind === 'final' || moved.state === 'awaitingTakeOver';
  await tx
    .withTables<WithdrawalTables>()
    .updateTable('elv.withdrawal')
    .set({
      state: moved.state,
      version: moved.version,
      round: moved.round,
      record,
      record_at_step: record,
      ...(ended ? { living_case_id: null } : {}),
      ...(moved.entered ? { state_since: moved.at, deadline_at: moved.entered.deadlineAt } : {}),
      ...projectionOf(kept),
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps withdrawals. */
export const withdrawalStore = (parts: ShelfParts): CaseStore<Withdrawal, FoundWithdrawal> => ({
  lock: (tx, id) => lockWithdrawal(tx, parts, id, everyRow),
  move,
});
