import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import type { EntrySections } from '../model/entry-sections.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { notAsked, type RegistryCase, type RegistryRecord } from '../model/registry-record.ts';
import { type EntryAccess, entryColumns } from './entry-access.ts';
import { listFiles } from './entry-file.store.ts';
import { openEntry, sealEntry } from './entry-seal.ts';
import { projectionOf } from './projection.ts';
import { loadCheck } from './register-check.store.ts';
import type { EntryTable, RegistryTables } from './registry.tables.ts';

/** Where entries are kept and how they are opened. */
export interface EntryShelf {
  readonly profile: RegistryProfile;
  readonly crypto: Crypto;
}

/** Where an entry stands, without what is filled in. */
export type Standing = Omit<EntryTable, 'record' | 'record_at_step'>;

/** An entry as read from the database, with everything guards look at. */
export interface LoadedEntry {
  readonly row: Standing;
  readonly snapshot: Snapshot<RegistryCase>;
}

const standing = [
  'id',
  'organisation_id',
  'lifecycle_version',
  'state',
  'version',
  'round',
  'origin',
  'opened_by',
  'opened_at',
  'state_since',
  'deadline_at',
  'registered_at',
  'number',
  'valid_until',
  'phone_index',
] as const satisfies readonly (keyof Standing)[];

/** The tables of a registry, in its own schema. */
export const tablesOf = (db: Db | Tx, { schema }: RegistryProfile) =>
  db.withTables<RegistryTables>().withSchema(schema);

const rowWithin = (db: Db | Tx, profile: RegistryProfile, id: string, rows: Predicate) =>
  tablesOf(db, profile)
    .selectFrom('registry_entry')
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, entryColumns));

/** What is kept of an entry; attachments and the register's answer live in tables of their own. */
export const keptOf = ({ files: _files, register: _register, ...record }: RegistryCase): RegistryRecord => record;

const assembled = async (
  db: Db | Tx,
  { profile, crypto }: EntryShelf,
  { record, record_at_step: _atStep, ...row }: EntryTable,
): Promise<LoadedEntry> => {
  const files = await listFiles(db, profile.schema, row.id);
  const register = (await loadCheck(db, profile.schema, row.id)) ?? notAsked;
  return {
    row,
    snapshot: {
      id: row.id,
      lifecycleVersion: row.lifecycle_version,
      state: row.state,
      version: row.version,
      round: row.round,
      holds: [],
      record: {
        ...(await openEntry(crypto, profile, row.id, record)),
        files: files.map(({ id, part, sm3 }) => ({ id, part, sm3 })),
        register,
      },
    },
  };
};

/** The entry of that id within the rows the asker may see; undefined otherwise. */
export const findEntry = async (
  db: Db | Tx,
  shelf: EntryShelf,
  id: string,
  rows: Predicate,
): Promise<LoadedEntry | undefined> => {
  const row = await rowWithin(db, shelf.profile, id, rows).selectAll().executeTakeFirst();
  return row && assembled(db, shelf, row);
};

/** The same under lock, for changes. */
export const lockEntry = async (
  tx: Tx,
  shelf: EntryShelf,
  id: string,
  rows: Predicate,
): Promise<LoadedEntry | undefined> => {
  const row = await rowWithin(tx, shelf.profile, id, rows).selectAll().forUpdate().executeTakeFirst();
  return row && assembled(tx, shelf, row);
};

/** Where the entry of that id stands, within the rows the asker may see; nothing is opened. */
export const findStanding = (
  db: Db | Tx,
  profile: RegistryProfile,
  id: string,
  rows: Predicate,
): Promise<Standing | undefined> => rowWithin(db, profile, id, rows).select(standing).executeTakeFirst();

/** The same under lock. */
export const lockStanding = (
  tx: Tx,
  profile: RegistryProfile,
  id: string,
  rows: Predicate,
): Promise<Standing | undefined> => rowWithin(tx, profile, id, rows).select(standing).forUpdate().executeTakeFirst();

/** The entry of an organisation, whoever asks. */
export const findOfOrganisation = (
  db: Db | Tx,
  profile: RegistryProfile,
  organisationId: string,
): Promise<EntryAccess | undefined> =>
  tablesOf(db, profile)
    .selectFrom('registry_entry')
    .select(Object.values(entryColumns))
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();

/** The entries of these organisations: which of them have one, and in which state. */
export const statesOfOrganisations = async (
  db: Db | Tx,
  profile: RegistryProfile,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await tablesOf(db, profile).selectFrom('registry_entry').select(['organisation_id', 'state']).execute();
  return new Map(rows.map(({ organisation_id: id, state }) => [id, state]));
};

/** Adds an entry unless its organisation has one; answers whether it was added. */
export const addEntry = async (
  tx: Tx,
  { profile, crypto }: EntryShelf,
  entry: {
    readonly id: string;
    readonly organisationId: string;
    readonly state: string;
    readonly lifecycleVersion: number;
    readonly openedBy: string;
    readonly at: Date;
    readonly record: RegistryRecord;
  },
): Promise<boolean> => {
  const record = await sealEntry(crypto, profile, entry.id, entry.record);
  return insertIfAbsent(tx, `${profile.schema}.registry_entry`, {
    id: entry.id,
    organisation_id: entry.organisationId,
    lifecycle_version: entry.lifecycleVersion,
    state: entry.state,
    version: 1,
    round: 1,
    opened_by: entry.openedBy,
    opened_at: entry.at,
    state_since: entry.at,
    deadline_at: null,
    record,
    record_at_step: record,
    ...(await projectionOf(crypto, profile, entry.record)),
  });
};

/** The record as it stood at the last step, for the list of what changed since. */
export const recordAtStep = async (tx: Tx, { profile, crypto }: EntryShelf, id: string): Promise<RegistryRecord> => {
  const row = await tablesOf(tx, profile)
    .selectFrom('registry_entry')
    .select('record_at_step')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return openEntry(crypto, profile, id, row.record_at_step);
};

/** Makes the version grow where only something beside the record has changed: an older view is stale. */
export const bumpVersion = async (tx: Tx, profile: RegistryProfile, id: string, version: number): Promise<void> => {
  await tablesOf(tx, profile).updateTable('registry_entry').set({ version }).where('id', '=', id).execute();
};

/** Writes a changed record outside a step. */
export const saveRecord = async (
  tx: Tx,
  { profile, crypto }: EntryShelf,
  id: string,
  record: RegistryCase,
  version: number,
): Promise<void> => {
  const kept = keptOf(record);
  await tablesOf(tx, profile)
    .updateTable('registry_entry')
    .set({
      record: await sealEntry(crypto, profile, id, kept),
      version,
      ...(await projectionOf(crypto, profile, kept)),
    })
    .where('id', '=', id)
    .execute();
};

const move = async (tx: Tx, { profile, crypto }: EntryShelf, moved: Moved<RegistryCase>): Promise<void> => {
  const kept = keptOf(moved.record);
  const record = await sealEntry(crypto, profile, moved.id, kept);
  await tablesOf(tx, profile)
    .updateTable('registry_entry')
    .set({
      state: moved.state,
      version: moved.version,
      round: moved.round,
      record,
      record_at_step: record,
      ...(moved.entered ? { state_since: moved.at, deadline_at: moved.entered.deadlineAt } : {}),
      ...(await projectionOf(crypto, profile, kept)),
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps entries. */
export const entryStore = (shelf: EntryShelf): CaseStore<RegistryCase> => ({
  lock: async (tx, id) => (await lockEntry(tx, shelf, id, everyRow))?.snapshot,
  move: (tx, moved) => move(tx, shelf, moved),
});

/** What access control sees of an entry; undefined when there is none. */
export const findAccessColumns = (
  db: Db | Tx,
  profile: RegistryProfile,
  id: string,
): Promise<EntryAccess | undefined> =>
  tablesOf(db, profile)
    .selectFrom('registry_entry')
    .select(Object.values(entryColumns))
    .where('id', '=', id)
    .executeTakeFirst();

/** What stands of an organisation in the registry, as last approved; null where nothing does. */
export const standingValues = async (
  db: Db,
  { profile, crypto }: EntryShelf,
  organisationId: string,
): Promise<EntrySections | null> => {
  const row = await tablesOf(db, profile)
    .selectFrom('registry_entry')
    .select(['id', 'record'])
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row ? ((await openEntry(crypto, profile, row.id, row.record)).standing?.sections ?? null) : null;
};
