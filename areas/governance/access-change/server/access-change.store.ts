import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore } from '#kernel/lifecycle/engine.ts';
import type { AccessApplication } from '../model/access-change.lifecycle.ts';
import { accessChangeLifecycle } from '../model/access-change.lifecycle.ts';

interface ChangeTable {
  id: string;
  propose_key: string;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  kind: string;
  record: string;
  proposed_by: string;
  proposed_by_name: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_by_name: string | null;
  decided_at: Date | null;
}

type Tables = {
  'governance.access_change': ChangeTable;
};

/** The columns access control sees of an application. */
export const applicationColumns = { id: 'id', owner: 'proposed_by', state: 'state' } as const;

/** An application as kept. */
export interface StoredApplication {
  readonly id: string;
  readonly snapshot: Snapshot<AccessApplication>;
  readonly kind: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
}

const applicationOf = (row: ChangeTable): StoredApplication => ({
  id: row.id,
  snapshot: {
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: [],
    // Written by this store from that shape only.
    record: JSON.parse(row.record) as AccessApplication,
  },
  kind: row.kind,
  proposedBy: row.proposed_by,
  proposedByName: row.proposed_by_name,
  proposedAt: row.proposed_at,
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at,
});

/** The application of that id within the asker's rows. */
export const findApplication = async (
  db: Db | Tx,
  id: string,
  rows: Predicate = everyRow,
): Promise<StoredApplication | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('governance.access_change')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, applicationColumns))
    .executeTakeFirst();
  return row && applicationOf(row);
};

/** A page of applications, the newest first, and the number of all; `open` asks for those that wait. */
export const listApplications = async (
  db: Db,
  filter: { readonly open: boolean | undefined; readonly page: number; readonly size: number },
  rows: Predicate,
): Promise<{ readonly rows: readonly StoredApplication[]; readonly total: number }> => {
  const base = db
    .withTables<Tables>()
    .selectFrom('governance.access_change')
    .where((eb) => whereRows(eb, rows, applicationColumns))
    .$if(filter.open === true, (query) => query.where('state', '=', 'proposed'));
  const [found, count] = await Promise.all([
    base
      .selectAll()
      .orderBy('proposed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows: found.map(applicationOf), total: Number(count.count) };
};

/** Keeps a new application, not yet proposed; answers the id that stands under the key, ours or that of the same click before. */
export const addApplication = async (
  tx: Tx,
  one: {
    readonly id: string;
    readonly key: string;
    readonly record: AccessApplication;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
  },
): Promise<{ readonly id: string; readonly made: boolean }> => {
  const key = `${one.by.id}:${one.key}`;
  const made = await insertIfAbsent(tx, 'governance.access_change', {
    id: one.id,
    propose_key: key,
    lifecycle_version: accessChangeLifecycle.version,
    state: accessChangeLifecycle.initial,
    version: 1,
    round: 1,
    kind: one.record.change.kind,
    record: JSON.stringify(one.record),
    proposed_by: one.by.id,
    proposed_by_name: one.by.name,
    proposed_at: one.at,
    decided_by: null,
    decided_by_name: null,
    decided_at: null,
  });
  const { id } = await tx
    .withTables<Tables>()
    .selectFrom('governance.access_change')
    .select('id')
    .where('propose_key', '=', key)
    .executeTakeFirstOrThrow();
  return { id, made };
};

/** Notes who decided; called by the step's handler in the step's own transaction. */
export const noteDecision = async (
  tx: Tx,
  id: string,
  by: { readonly id: string; readonly name: string },
  at: Date,
): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('governance.access_change')
    .set({ decided_by: by.id, decided_by_name: by.name, decided_at: at })
    .where('id', '=', id)
    .execute();
};

/** Where the engine finds and keeps applications. */
export const applicationStore: CaseStore<AccessApplication> = {
  lock: async (tx, id) => {
    const row = await tx
      .withTables<Tables>()
      .selectFrom('governance.access_change')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    return row && applicationOf(row).snapshot;
  },
  move: async (tx, { id, state, version, round, record }) => {
    await tx
      .withTables<Tables>()
      .updateTable('governance.access_change')
      .set({ state, version, round, record: JSON.stringify(record) })
      .where('id', '=', id)
      .execute();
  },
};
