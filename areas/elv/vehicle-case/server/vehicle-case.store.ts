import { type AccessRow, everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import type { CheckKind, CheckOutcome, VehicleCase, VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { accessRowOf, caseColumns } from './case-access.ts';
import { type CheckRow, listChecks } from './check.store.ts';
import { listPhotos, type PhotoRow } from './photo.store.ts';
import { projectionOf } from './projection.ts';
import { openRecord, sealRecord } from './record-seal.ts';
import type { CaseTable, ElvTables } from './vehicle-case.tables.ts';

/** Where a case stands, without what is filled in. */
export type Standing = Pick<CaseTable, (typeof standing)[number]>;

/** A case as read from the database, with everything guards look at. */
export interface LoadedCase {
  readonly row: Omit<CaseTable, 'record' | 'record_at_step'>;
  readonly snapshot: Snapshot<VehicleCase>;
}

/** What is kept of a record; photographs and checks live in tables of their own. */
export const keptOf = ({ photos: _photos, checks: _checks, ...record }: VehicleCase): VehicleCaseRecord => record;

const holdsOf = (text: string): readonly string[] => text.split(',').filter((one) => one !== '');

const photoFacts = (rows: readonly Pick<PhotoRow, 'part' | 'uploaded_at' | 'sm3'>[]): VehicleCase['photos'] =>
  rows.map(({ part, uploaded_at, sm3 }) => ({ part, uploadedAt: uploaded_at.toISOString(), sm3 }));

const checkFacts = (
  rows: readonly {
    readonly kind: string;
    readonly status: string;
    readonly verdict: string | null;
    readonly text: string;
  }[],
): VehicleCase['checks'] =>
  Object.fromEntries(
    rows.map(({ kind, status, verdict, text }): [CheckKind, CheckOutcome] => [
      // The columns are written from these unions only.
      kind as CheckKind,
      { status: status as CheckOutcome['status'], verdict: verdict as CheckOutcome['verdict'], text },
    ]),
  );

const loadPhotos = async (db: Db | Tx, caseId: string): Promise<VehicleCase['photos']> => {
  const rows = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_photo')
    .select(['part', 'uploaded_at', 'sm3'])
    .where('case_id', '=', caseId)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();
  return photoFacts(rows);
};

/** How the checks of a case stand, without their answers. */
export const loadChecks = async (db: Db | Tx, caseId: string): Promise<VehicleCase['checks']> => {
  const rows = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_check')
    .select(['kind', 'status', 'verdict', 'text'])
    .where('case_id', '=', caseId)
    .execute();
  return checkFacts(rows);
};

const assembled = async (
  crypto: Crypto,
  { record: text, record_at_step: _atStep, ...row }: CaseTable,
  beside: Pick<VehicleCase, 'photos' | 'checks'>,
): Promise<LoadedCase> => ({
  row,
  snapshot: {
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: holdsOf(row.holds),
    record: { ...(await openRecord(crypto, row.id, text)), ...beside },
  },
});

const besideOf = async (db: Db | Tx, id: string): Promise<Pick<VehicleCase, 'photos' | 'checks'>> => {
  const [photos, checks] = await Promise.all([loadPhotos(db, id), loadChecks(db, id)]);
  return { photos, checks };
};

const standing = [
  'id',
  'case_no',
  'open_key',
  'lifecycle_version',
  'state',
  'version',
  'round',
  'holds',
  'enterprise_id',
  'enterprise_name',
  'enterprise_code',
  'district_code',
  'opened_by',
  'opened_at',
  'state_since',
  'deadline_at',
] as const satisfies readonly (keyof CaseTable)[];

const rowWithin = (db: Db | Tx, id: string, rows: Predicate) =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, caseColumns));

/** The case of that id within the rows the asker may see; undefined otherwise. */
export const findCase = async (
  db: Db | Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<LoadedCase | undefined> => {
  const row = await rowWithin(db, id, rows).selectAll().executeTakeFirst();
  return row && assembled(crypto, row, await besideOf(db, id));
};

/** The same with all there is to see of its photographs and checks, each read once. */
export const findWholeCase = async (
  db: Db | Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<
  | { readonly loaded: LoadedCase; readonly photos: readonly PhotoRow[]; readonly checks: readonly CheckRow[] }
  | undefined
> => {
  const row = await rowWithin(db, id, rows).selectAll().executeTakeFirst();
  if (!row) return undefined;
  const [photos, checks] = await Promise.all([listPhotos(db, crypto, id), listChecks(db, crypto, id)]);
  const loaded = await assembled(crypto, row, { photos: photoFacts(photos), checks: checkFacts(checks) });
  return { loaded, photos, checks };
};

/** Where the case of that id stands, within the rows the asker may see; nothing is opened. */
export const findStanding = (db: Db | Tx, id: string, rows: Predicate): Promise<Standing | undefined> =>
  rowWithin(db, id, rows).select(standing).executeTakeFirst();

/** The same under lock, for changes that leave what is filled in alone. */
export const lockStanding = (tx: Tx, id: string, rows: Predicate): Promise<Standing | undefined> =>
  rowWithin(tx, id, rows).select(standing).forUpdate().executeTakeFirst();

/** The case under lock, for changes. */
export const lockCase = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<LoadedCase | undefined> => {
  const row = await rowWithin(tx, id, rows).selectAll().forUpdate().executeTakeFirst();
  return row && assembled(crypto, row, await besideOf(tx, id));
};

/** The record as it stood at the last step, for the list of what changed since. */
export const recordAtStep = async (tx: Tx, crypto: Crypto, id: string): Promise<VehicleCaseRecord> => {
  const row = await tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select('record_at_step')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return openRecord(crypto, id, row.record_at_step);
};

/** Makes the version grow where only something beside the record has changed: an older view is stale. */
export const bumpVersion = async (tx: Tx, id: string, version: number): Promise<void> => {
  await tx.withTables<ElvTables>().updateTable('elv.vehicle_case').set({ version }).where('id', '=', id).execute();
};

/** Writes a changed record outside a step. `bump` makes the version grow: a person changed something, so an older view is stale. */
export const saveRecord = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  record: VehicleCase,
  version: number,
): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_case')
    .set({ record: await sealRecord(crypto, id, keptOf(record)), version, ...(await projectionOf(crypto, record)) })
    .where('id', '=', id)
    .execute();
};

const move = async (tx: Tx, crypto: Crypto, moved: Moved<VehicleCase>): Promise<void> => {
  const record = await sealRecord(crypto, moved.id, keptOf(moved.record));
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_case')
    .set({
      state: moved.state,
      version: moved.version,
      round: moved.round,
      holds: moved.holds.join(','),
      record,
      record_at_step: record,
      ...(moved.entered ? { state_since: moved.at, deadline_at: moved.entered.deadlineAt } : {}),
      ...(await projectionOf(crypto, moved.record)),
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps vehicle cases. */
export const vehicleCaseStore = (crypto: Crypto): CaseStore<VehicleCase> => ({
  lock: async (tx, id) => (await lockCase(tx, crypto, id, everyRow))?.snapshot,
  move: (tx, moved) => move(tx, crypto, moved),
});

/** What access control sees of a case; undefined when there is none. */
export const findAccessRow = async (db: Db | Tx, id: string): Promise<AccessRow | undefined> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(Object.values(caseColumns))
    .where('id', '=', id)
    .executeTakeFirst();
  return row && accessRowOf(row);
};

/** A case by its id or its number, as access control sees it. */
export const findAccessTarget = async (
  db: Db,
  known: string,
): Promise<{ readonly row: AccessRow; readonly title: string } | undefined> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select([...Object.values(caseColumns), 'case_no'])
    .where((eb) => eb.or([eb('id', '=', known), eb('case_no', '=', known)]))
    .executeTakeFirst();
  return row && { row: accessRowOf(row), title: row.case_no };
};
