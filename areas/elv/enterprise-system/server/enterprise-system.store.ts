import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { type AccessColumns, whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore } from '#kernel/lifecycle/engine.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { type EnterpriseSystem, enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';

/** Rows of `elv.enterprise_system`; what the columns mean stands in the migration. `webhook_of` is the enterprise while the system is told of its cases. */
export interface SystemTable {
  id: string;
  register_key: string;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  enterprise_id: string;
  registered_by: string;
  registered_by_name: string;
  registered_at: Date;
  record: string;
  app_id: string;
  living_app_id: string | null;
  webhook_of: string | null;
  seal: string | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  last_used_at: Date | null;
}

interface RefusalTable {
  system_id: string;
  day: string;
  code: string;
  count: number;
  last_at: Date;
  last_ip: string;
}

type Tables = { 'elv.enterprise_system': SystemTable; 'elv.enterprise_system_refusal': RefusalTable };

/** What access control may ask of a system, and the columns it stands in. */
export const systemColumns = {
  id: 'id',
  organisation: 'enterprise_id',
  owner: 'registered_by',
  state: 'state',
} as const satisfies AccessColumns;

/** A system as the engine finds it under lock. */
export interface FoundSystem extends Snapshot<EnterpriseSystem> {
  readonly row: SystemTable;
}

const found = (row: SystemTable): FoundSystem => ({
  id: row.id,
  lifecycleVersion: row.lifecycle_version,
  state: row.state,
  version: row.version,
  round: row.round,
  holds: [],
  // Written by this store from that shape only.
  record: JSON.parse(row.record) as EnterpriseSystem,
  row,
});

const table = (db: Db | Tx) => db.withTables<Tables>().selectFrom('elv.enterprise_system');

/** The system of that id within the rows the asker may see. */
export const findSystem = async (
  db: Db | Tx,
  id: string,
  rows: Predicate = everyRow,
): Promise<FoundSystem | undefined> => {
  const row = await table(db)
    .selectAll()
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, systemColumns))
    .executeTakeFirst();
  return row && found(row);
};

/** The system of that id, which nobody ends before this transaction is over; whoever else looks does not wait. */
export const holdSystem = async (tx: Tx, id: string): Promise<FoundSystem | undefined> => {
  const row = await table(tx).selectAll().where('id', '=', id).forShare().executeTakeFirst();
  return row && found(row);
};

/** The newest system that was registered under a fingerprint. */
export const findByAppId = async (db: Db | Tx, appId: string): Promise<FoundSystem | undefined> => {
  const row = await table(db)
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('registered_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && found(row);
};

/** The systems of an enterprise that are told of its cases; of an enterprise no more than {@link mostLiving} live. */
export const listToTell = async (db: Db | Tx, enterpriseId: string): Promise<readonly FoundSystem[]> => {
  const rows = await table(db)
    .selectAll()
    .where('webhook_of', '=', enterpriseId)
    .orderBy('id')
    .limit(mostLiving)
    .execute();
  return rows.map(found);
};

/** How many systems of one enterprise may wait or be in force. */
export const mostLiving = 20;

/** How many systems of an enterprise wait or are in force. Whoever counts holds them, so that two who register at once are counted one after the other. */
export const countLiving = async (tx: Tx, enterpriseId: string): Promise<number> => {
  const living = table(tx)
    .select('id')
    .where('enterprise_id', '=', enterpriseId)
    .where('living_app_id', 'is not', null);
  await living.orderBy('id').forUpdate().execute();
  // Asked anew: what the other has added while we waited is not among those that were held.
  return (await living.limit(mostLiving + 1).execute()).length;
};

/** Which systems a list is asked for, by their states; undefined for all. */
const statesShown = {
  living: ['proposed', 'active'],
  waiting: ['proposed'],
  all: undefined,
} as const;

/** A page of systems, newest first, and the number of all. */
export const listSystems = async (
  db: Db,
  filter: { readonly show: keyof typeof statesShown; readonly page: number; readonly size: number },
  rows: Predicate,
): Promise<{ readonly rows: readonly FoundSystem[]; readonly total: number }> => {
  const states = statesShown[filter.show];
  const base = table(db)
    .where((eb) => whereRows(eb, rows, systemColumns))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]));
  const [page, count] = await Promise.all([
    base
      .selectAll()
      .orderBy('registered_at', 'desc')
      .orderBy('id', 'desc')
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows: page.map(found), total: Number(count.count) };
};

/** Adds a registration unless this click did so before, or its key is a living system's. */
export const addSystem = (tx: Tx, row: SystemTable): Promise<boolean> =>
  insertIfAbsent(tx, 'elv.enterprise_system', { ...row });

/** The registration a click has made. */
export const findByRegisterKey = async (tx: Db | Tx, key: string): Promise<FoundSystem | undefined> => {
  const row = await table(tx).selectAll().where('register_key', '=', key).executeTakeFirst();
  return row && found(row);
};

/** Puts our seal on a system that was confirmed, and has it told of cases from now on where it listens. */
export const sealSystem = async (tx: Tx, id: string, seal: string, tells: string | null): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('elv.enterprise_system')
    .set({ seal, webhook_of: tells })
    .where('id', '=', id)
    .execute();
};

/** Notes who decided; in the step's own transaction. */
export const noteDecision = async (tx: Tx, id: string, by: string, at: Date): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('elv.enterprise_system')
    .set({ decided_by_name: by, decided_at: at })
    .where('id', '=', id)
    .execute();
};

/** What the engine needs. */
export const systemStore: CaseStore<EnterpriseSystem, FoundSystem> = {
  lock: async (tx, id) => {
    const row = await table(tx).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    return row && found(row);
  },
  move: async (tx, { id, state, version, round, record }) => {
    const ended = getState(widened(enterpriseSystem), state).kind === 'final';
    await tx
      .withTables<Tables>()
      .updateTable('elv.enterprise_system')
      .set({
        state,
        version,
        round,
        record: JSON.stringify(record),
        ...(ended ? { living_app_id: null, webhook_of: null, seal: null } : {}),
      })
      .where('id', '=', id)
      .execute();
  },
};

/** How exactly it is known when a system called last, in milliseconds. */
const usedEveryMs = 60_000;

/** Notes that a system has called; not more often than once a minute. */
export const noteUsed = async (db: Db, appId: string, at: Date): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('elv.enterprise_system')
    .set({ last_used_at: at })
    .where('living_app_id', '=', appId)
    .where((eb) =>
      eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', new Date(at.getTime() - usedEveryMs))]),
    )
    .execute();
};

/** Counts a call that was not let in, under its day and code; answers the how-manieth of them it is. */
export const countRefusal = async (
  tx: Tx,
  systemId: string,
  one: { readonly day: string; readonly code: string; readonly at: Date; readonly ip: string },
): Promise<number> => {
  const key = { system_id: systemId, day: one.day, code: one.code };
  const tables = tx.withTables<Tables>();
  await insertIfAbsent(tx, 'elv.enterprise_system_refusal', { ...key, count: 0, last_at: one.at, last_ip: one.ip });
  const { count } = await tables
    .updateTable('elv.enterprise_system_refusal')
    .set((eb) => ({ count: eb('count', '+', 1), last_at: one.at, last_ip: one.ip }))
    .where('system_id', '=', systemId)
    .where('day', '=', one.day)
    .where('code', '=', one.code)
    .returning('count')
    .executeTakeFirstOrThrow();
  return count;
};

/** The calls of these systems that were not let in since a day, newest first; a system has few kinds of them on a day. */
export const listRefusals = (db: Db, systemIds: readonly string[], since: string): Promise<readonly RefusalTable[]> =>
  systemIds.length === 0
    ? Promise.resolve([])
    : db
        .withTables<Tables>()
        .selectFrom('elv.enterprise_system_refusal')
        .selectAll()
        .where('system_id', 'in', [...systemIds])
        .where('day', '>=', since)
        .orderBy('last_at', 'desc')
        .execute();
