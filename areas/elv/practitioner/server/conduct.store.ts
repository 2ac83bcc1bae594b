import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import { natureOf } from '../model/conduct.fields.ts';
import { type ConductRecord, conduct, shownStates } from '../model/conduct.lifecycle.ts';
import type { ConductTable, PractitionerTables } from './practitioner.tables.ts';
import { conductColumns } from './practitioner-access.ts';
import { openConduct, sealConduct } from './practitioner-seal.ts';

/** Where a record stands, without what it says. */
export type ConductStanding = Omit<ConductTable, 'record' | 'record_at_step'>;

/** A record as the engine finds it under lock. */
export interface FoundConduct extends Snapshot<ConductRecord> {
  readonly row: ConductStanding;
}

const table = (db: Db | Tx) => db.withTables<PractitionerTables>().selectFrom('elv.practitioner_conduct');

const foundOf = async (
  crypto: Crypto,
  { record, record_at_step: _atStep, ...row }: ConductTable,
): Promise<FoundConduct> => ({
  row,
  id: row.id,
  lifecycleVersion: row.lifecycle_version,
  state: row.state,
  version: row.version,
  round: row.round,
  holds: [],
  // Written by this store from this shape.
  record: JSON.parse(await openConduct(crypto, row.id, record)) as ConductRecord,
});

/** Both columns of what a record says, sealed. */
const written = async (crypto: Crypto, id: string, text: string) => {
  const [record, atStep] = await Promise.all([
    sealConduct(crypto, id, 'record', text),
    sealConduct(crypto, id, 'record_at_step', text),
  ]);
  return { record, record_at_step: atStep };
};

/** The record of that id within the rows the asker may see; undefined otherwise. */
export const findConduct = async (
  db: Db | Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<FoundConduct | undefined> => {
  const row = await table(db)
    .selectAll()
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, conductColumns))
    .executeTakeFirst();
  return row && foundOf(crypto, row);
};

/** The records of a person that are shown, the newest first: those of days since when records are used. */
export const listConducts = async (
  db: Db | Tx,
  crypto: Crypto,
  practitionerId: string,
  usedSince: string,
): Promise<readonly FoundConduct[]> => {
  const found = await table(db)
    .selectAll()
    .where('practitioner_id', '=', practitionerId)
    .where('occurred_on', '>=', usedSince)
    .where('state', 'in', [...shownStates])
    .orderBy('occurred_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return Promise.all(found.map((row) => foundOf(crypto, row)));
};

/** How many records wait for an answer to their objection, within the rows the asker may decide on. */
export const countDisputed = async (db: Db, rows: Predicate): Promise<number> => {
  const { count } = await table(db)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('state', '=', 'objected')
    .where((eb) => whereRows(eb, rows, conductColumns))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** The record a click made of a person before; undefined where it made none. */
export const findByKey = (db: Db | Tx, practitionerId: string, key: string): Promise<{ id: string } | undefined> =>
  table(db).select('id').where('practitioner_id', '=', practitionerId).where('entry_key', '=', key).executeTakeFirst();

/** Adds a record to be put down, unless this click added it before; false then. */
export const addConduct = async (
  tx: Tx,
  crypto: Crypto,
  one: Pick<
    ConductTable,
    'id' | 'practitioner_id' | 'entry_key' | 'organisation_id' | 'district_code' | 'recorded_by'
  > & { readonly at: Date; readonly record: ConductRecord },
): Promise<boolean> => {
  const { at, record, ...rest } = one;
  return insertIfAbsent(tx, 'elv.practitioner_conduct', {
    ...rest,
    lifecycle_version: conduct.version,
    state: conduct.initial,
    version: 1,
    round: 1,
    nature: natureOf(record.facts.kind),
    occurred_on: record.facts.occurredOn,
    recorded_at: at,
    state_since: at,
    deadline_at: null,
    ...(await written(crypto, one.id, JSON.stringify(record))),
  });
};

const move = async (tx: Tx, crypto: Crypto, moved: Moved<ConductRecord>): Promise<void> => {
  const { facts } = moved.record;
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_conduct')
    .set({
      state: moved.state,
      version: moved.version,
      round: moved.round,
      nature: natureOf(facts.kind),
      occurred_on: facts.occurredOn,
      ...(await written(crypto, moved.id, JSON.stringify(moved.record))),
      ...(moved.entered ? { state_since: moved.at, deadline_at: moved.entered.deadlineAt } : {}),
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps conduct records. */
export const conductStore = (crypto: Crypto): CaseStore<ConductRecord, FoundConduct> => ({
  lock: async (tx, id) => {
    const row = await table(tx)
      .selectAll()
      .where('id', '=', id)
      .where((eb) => whereRows(eb, everyRow, conductColumns))
      .forUpdate()
      .executeTakeFirst();
    return row && foundOf(crypto, row);
  },
  move: (tx, moved) => move(tx, crypto, moved),
});

const sealedAtOnce = 100;

/** Seals some of the records that stand in plain words, from before they were sealed; answers how many. */
export const sealPlainConducts = async (tx: Tx, crypto: Crypto): Promise<number> => {
  const rows = await table(tx)
    .select(['id', 'record'])
    .where('record', 'like', '{%')
    .orderBy('id')
    .limit(sealedAtOnce)
    .forUpdate()
    .execute();
  for (const { id, record } of rows)
    await tx
      .withTables<PractitionerTables>()
      .updateTable('elv.practitioner_conduct')
      .set(await written(crypto, id, record))
      .where('id', '=', id)
      .execute();
  return rows.length;
};
