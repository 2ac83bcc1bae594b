import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore } from '#kernel/lifecycle/engine.ts';
import type { Proposal } from '../model/proposal.lifecycle.ts';

interface ProposalTable {
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

/** The table of any matter; which one it is, is said by its name. */
type Tables = { 'any.proposal': ProposalTable };

/** The columns access control sees of a proposal. */
const columns = { id: 'id', owner: 'proposed_by', state: 'state' } as const;

/** The statements by which an area makes the table of one matter. */
export const proposalTableSql = (schema: string, name: string): string => `
create table ${schema}.${name} (
  id varchar(40) primary key,
  propose_key varchar(110) not null unique,
  lifecycle_version integer not null,
  state varchar(20) not null,
  version integer not null,
  round integer not null,
  kind varchar(20) not null,
  record text not null,
  proposed_by varchar(64) not null,
  proposed_by_name varchar(80) not null,
  proposed_at timestamptz not null,
  decided_by varchar(64),
  decided_by_name varchar(80),
  decided_at timestamptz
);
create index ${name}_state on ${schema}.${name} (state, proposed_at);
create index ${name}_at on ${schema}.${name} (proposed_at);
`;

/** A proposal as kept. */
export interface StoredProposal<P> {
  readonly id: string;
  readonly snapshot: Snapshot<P>;
  readonly kind: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
}

/** A proposal to be kept, not yet proposed. */
export interface NewProposal<P> {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly record: P;
  readonly lifecycle: { readonly version: number; readonly initial: string };
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

const proposalOf = <P>(row: ProposalTable): StoredProposal<P> => ({
  id: row.id,
  snapshot: {
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: [],
    // Written by this store from that shape only.
    record: JSON.parse(row.record) as P,
  },
  kind: row.kind,
  proposedBy: row.proposed_by,
  proposedByName: row.proposed_by_name,
  proposedAt: row.proposed_at,
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at,
});

/** Where the proposals of one matter are kept. */
export interface ProposalStore<P> extends CaseStore<P> {
  /** The proposal of that id within the asker's rows. */
  find(db: Db | Tx, id: string, rows?: Predicate): Promise<StoredProposal<P> | undefined>;
  /** A page of proposals, the newest first, and the number of all; `open` asks for those that wait. */
  list(
    db: Db,
    filter: { readonly open: boolean | undefined; readonly page: number; readonly size: number },
    rows: Predicate,
  ): Promise<{ readonly rows: readonly StoredProposal<P>[]; readonly total: number }>;
  /** Keeps a new one; answers the id that stands under the key, ours or that of the same click before. */
  add(tx: Tx, one: NewProposal<P>): Promise<{ readonly id: string; readonly made: boolean }>;
  /** Notes who decided; in the step's own transaction. */
  noteDecision(tx: Tx, id: string, by: { readonly id: string; readonly name: string }, at: Date): Promise<void>;
}

// The name is known when the program is put together; the shape is the same for all of them.
const tableOf = (name: string) => name as 'any.proposal';

/** What the engine needs of a matter's table. */
const caseStore = <P extends Proposal>(name: string): CaseStore<P> => ({
  lock: async (tx, id) => {
    const row = await tx
      .withTables<Tables>()
      .selectFrom(tableOf(name))
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    return row && proposalOf<P>(row).snapshot;
  },
  move: async (tx, { id, state, version, round, record }) => {
    await tx
      .withTables<Tables>()
      .updateTable(tableOf(name))
      .set({ state, version, round, record: JSON.stringify(record) })
      .where('id', '=', id)
      .execute();
  },
});

/** The store over a table made by {@link proposalTableSql}. */
export const proposalStore = <P extends Proposal>(name: string): ProposalStore<P> => {
  const table = tableOf(name);
  const from = (db: Db | Tx) => db.withTables<Tables>().selectFrom(table);
  return {
    find: async (db, id, rows = everyRow) => {
      const row = await from(db)
        .selectAll()
        .where('id', '=', id)
        .where((eb) => whereRows(eb, rows, columns))
        .executeTakeFirst();
      return row && proposalOf<P>(row);
    },
    list: async (db, filter, rows) => {
      const base = from(db)
        .where((eb) => whereRows(eb, rows, columns))
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
      return { rows: found.map((row) => proposalOf<P>(row)), total: Number(count.count) };
    },
    add: async (tx, one) => {
      const key = `${one.by.id}:${one.key}`;
      const made = await insertIfAbsent(tx, table, {
        id: one.id,
        propose_key: key,
        lifecycle_version: one.lifecycle.version,
        state: one.lifecycle.initial,
        version: 1,
        round: 1,
        kind: one.kind,
        record: JSON.stringify(one.record),
        proposed_by: one.by.id,
        proposed_by_name: one.by.name,
        proposed_at: one.at,
        decided_by: null,
        decided_by_name: null,
        decided_at: null,
      });
      const { id } = await from(tx).select('id').where('propose_key', '=', key).executeTakeFirstOrThrow();
      return { id, made };
    },
    noteDecision: async (tx, id, by, at) => {
      await tx
        .withTables<Tables>()
        .updateTable(table)
        .set({ decided_by: by.id, decided_by_name: by.name, decided_at: at })
        .where('id', '=', id)
        .execute();
    },
    ...caseStore<P>(name),
  };
};
