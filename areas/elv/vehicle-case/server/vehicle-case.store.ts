import { sql } from 'kysely';
import { type AccessRow, everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import { reachHead } from '#kernel/audit/trail.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { readParts } from '#kernel/db/parts.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CheckKind, CheckOutcome, VehicleCase, VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { accessRowOf, caseColumns } from './case-access.ts';
import { type CheckFacts, checkFactsPart } from './check.store.ts';
import { photoFactsPart } from './photo.store.ts';
import { marksText, projectionOf } from './projection.ts';
import { openRecord, sealRecord } from './record-seal.ts';
import type { CaseTable, ElvTables, PhotoTable } from './vehicle-case.tables.ts';

/** Where a case stands, without what is filled in. */
export type Standing = Pick<CaseTable, (typeof standing)[number]>;

/** A case as read from the database, with everything guards look at. */
export interface LoadedCase {
  readonly row: Omit<CaseTable, 'record' | 'record_at_step'>;
  readonly snapshot: Snapshot<VehicleCase>;
  /** The records as they are kept: as it is, and as it stood at the last step. */
  readonly sealed: { readonly record: string; readonly atStep: string };
  readonly beside: Beside;
}

/** The rows of a case's photographs and checks that guards, messages and questions look at. */
export interface Beside {
  readonly photos: readonly Pick<PhotoTable, 'part' | 'uploaded_at' | 'sm3' | 'file_id'>[];
  readonly checks: readonly CheckFacts[];
}

/** A case as the engine finds it under lock. */
export interface FoundCase extends Snapshot<VehicleCase> {
  readonly loaded: LoadedCase;
}

/** What is kept of a record; photographs and checks live in tables of their own. */
export const keptOf = ({ photos: _photos, checks: _checks, ...record }: VehicleCase): VehicleCaseRecord => record;

/** The state and the holds of a row. */
export const standsAt = ({ state, holds }: Pick<CaseTable, 'state' | 'holds'>) => ({ state, holds: holdsOf(holds) });

/** The holds of a row's text. */
export const holdsOf = (text: string): readonly string[] => text.split(',').filter((one) => one !== '');

const photoFacts = (rows: readonly Pick<PhotoTable, 'part' | 'uploaded_at' | 'sm3'>[]): VehicleCase['photos'] =>
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

/** The case of a row and what stands beside it, opened. Errors: throws when a sealed value was altered or moved. */
export const assembled = async (
  crypto: Crypto,
  { record, record_at_step: atStep, ...row }: CaseTable,
  beside: Beside,
): Promise<LoadedCase> => ({
  row,
  sealed: { record, atStep },
  beside,
  snapshot: {
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: holdsOf(row.holds),
    record: {
      ...(await openRecord(crypto, row.id, record)),
      photos: photoFacts(beside.photos),
      checks: checkFacts(beside.checks),
    },
  },
});

const besideOf = (db: Db | Tx, id: string): Promise<Beside> =>
  readParts(db, { photos: photoFactsPart(db, id), checks: checkFactsPart(db, id) });

/** What the first case of the vehicle was opened for; cases that go on under another enterprise inherit it. */
export const originOf = ({ origin_key: origin, open_key: key }: Pick<CaseTable, 'origin_key' | 'open_key'>): string =>
  origin ?? key;

const standing = [
  'id',
  'case_no',
  'open_key',
  'origin_key',
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

/** The row of a case within the rows the asker may see. */
export const rowWithin = (db: Db | Tx, id: string, rows: Predicate) =>
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

/** Where the case of that id stands, within the rows the asker may see; nothing is opened. */
export const findStanding = (db: Db | Tx, id: string, rows: Predicate): Promise<Standing | undefined> =>
  rowWithin(db, id, rows).select(standing).executeTakeFirst();

/**
 * Makes the version grow where only something beside the record changes, so that an older view is stale, and answers where the case stands,
 * locked, within the rows the asker may see.
 */
export const growVersion = (tx: Tx, id: string, rows: Predicate): Promise<Standing | undefined> =>
  tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_case')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, caseColumns))
    .returning(standing)
    .executeTakeFirst();

/** Where the case of that id stands, locked, within the rows the asker may see. */
export const lockStanding = (tx: Tx, id: string, rows: Predicate): Promise<Standing | undefined> =>
  rowWithin(tx, id, rows).select(standing).forUpdate().executeTakeFirst();

/** The case under lock, for changes; the end of its audit chain is locked with it, since every change is told there. */
export const lockCase = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<LoadedCase | undefined> => {
  const row = await rowWithin(tx, id, rows).selectAll().forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const beside = besideOf(tx, id);
  reachHead(tx, { type: vehicleCase.id, id });
  return assembled(crypto, row, await beside);
};

/** The record as it stood at the last step; undefined where nothing was written since. */
export const recordAtStep = async (
  crypto: Crypto,
  { row, sealed }: LoadedCase,
): Promise<VehicleCaseRecord | undefined> =>
  sealed.atStep === sealed.record ? undefined : openRecord(crypto, row.id, sealed.atStep);

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

/** Writes the marks alone, if they are others than the row has, where nothing of the record has changed. */
export const saveMarks = async (
  tx: Tx,
  { id, marks: before }: Pick<CaseTable, 'id' | 'marks'>,
  record: VehicleCase,
): Promise<void> => {
  const marks = marksText(record);
  if (marks === before) return;
  await tx.withTables<ElvTables>().updateTable('elv.vehicle_case').set({ marks }).where('id', '=', id).execute();
};

/** A held case's period stands still; how it runs on when the last hold is lifted is settled before (see {@link runOn}). */
const periodOf = ({ holds, at, entered }: Moved<VehicleCase>) => {
  const held = holds.length > 0;
  if (entered && held) return { deadline_at: null, held_since: at, held_deadline: entered.deadlineAt };
  if (!held) return { ...(entered ? { deadline_at: entered.deadlineAt } : {}), held_since: null, held_deadline: null };
  return {
    deadline_at: null,
    held_since: sql<Date>`coalesce(held_since, ${at})`,
    held_deadline: sql<Date | null>`coalesce(held_deadline, deadline_at)`,
  };
};

/** Sets when the period of a case runs out whose last hold is being lifted. */
export const runOn = async (tx: Tx, id: string, deadline: Date): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_case')
    .set({ deadline_at: deadline })
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
      ...(moved.entered ? { state_since: moved.at, change_no: null } : {}),
      ...periodOf(moved),
      ...(await projectionOf(crypto, moved.record)),
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps vehicle cases. */
export const vehicleCaseStore = (crypto: Crypto): CaseStore<VehicleCase, FoundCase> => ({
  lock: async (tx, id) => {
    const loaded = await lockCase(tx, crypto, id, everyRow);
    return loaded && { ...loaded.snapshot, loaded };
  },
  move: (tx, moved) => move(tx, crypto, moved),
});

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
