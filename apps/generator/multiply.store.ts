import { type RawBuilder, sql } from 'kysely';
import { vehicleCaseStatistics } from '#areas/elv/vehicle-case/model/vehicle-case.statistics.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { OwnedTally } from '#practices/case-statistics/server/owned-tally.ts';
import { addTallies } from '#practices/case-statistics/server/passage.store.ts';

/** More would give frame numbers and identifiers twice. */
export const mostTimes = 1_000;

/** A copy is its original in everything but these columns; `copy` counts from 1. */
type Changed = Readonly<Record<string, RawBuilder<unknown>>>;

/** The first of a group of hexadecimal digits is 8 in every original and 9 in every copy, whose number follows. */
const idOf = (column: string): RawBuilder<unknown> =>
  sql`overlay(${sql.ref(column)} placing '9' || lpad(to_hex(copy), 3, '0') from 20 for 4)`;

/** All originals have the same two signs there, which no copy has. */
const vinOf = (column: string): RawBuilder<unknown> => {
  const sign = (place: RawBuilder<unknown>) => sql`substr('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', ${place} + 1, 1)`;
  return sql`overlay(${sql.ref(column)} placing ${sign(sql`(copy / 33 + 1)`)} || ${sign(sql`copy % 33`)} from 10 for 2)`;
};

/** The numbers behind each original's are left for its copies; five digits at least, as all case numbers have. */
const caseNoOf = (column: string): RawBuilder<unknown> => {
  const number = sql`(substr(${sql.ref(column)}, 11)::integer + copy)::text`;
  return sql`left(${sql.ref(column)}, 10) || lpad(${number}, greatest(5, length(${number})), '0')`;
};

const plateOf = sql`left(plate_no, 4) || lpad(((right(plate_no, 3)::integer + copy * 137) % 1000)::text, 3, '0')`;

const asTheyAre = {
  'elv.vehicle_case': [
    ...[
      'lifecycle_version',
      'state',
      'version',
      'round',
      'holds',
      'enterprise_id',
      'enterprise_name',
      'enterprise_code',
    ],
    ...['opened_by', 'opened_at', 'state_since', 'deadline_at', 'plate_type_code', 'brand_model', 'vehicle_type_code'],
    ...['owner_name', 'owner_identity_index', 'owner_phone_index', 'marks', 'district_code'],
  ],
  'elv.vehicle_claim': ['enterprise_id', 'enterprise_name', 'since'],
  'kernel.step': [
    ...[
      'case_type',
      'seq',
      'step_key',
      'action',
      'from_state',
      'to_state',
      'round',
      'version',
      'actor_id',
      'actor_name',
    ],
    ...['actor_organisation_id', 'organisation_name', 'at'],
  ],
} as const;

const changed = (record: string): Readonly<Record<keyof typeof asTheyAre, Changed>> => ({
  'elv.vehicle_case': {
    id: idOf('id'),
    case_no: caseNoOf('case_no'),
    open_key: sql`open_key || ':' || copy`,
    record: sql`${record}`,
    record_at_step: sql`${record}`,
    plate_no: plateOf,
    vin: vinOf('vin'),
    vin_reversed: sql`reverse(${vinOf('vin')})`,
  },
  'elv.vehicle_claim': { vin: vinOf('vin'), case_id: idOf('case_id'), case_no: caseNoOf('case_no') },
  'kernel.step': {
    case_id: idOf('case_id'),
    input: sql`'{}'`,
    changes: sql`'[]'`,
    record_digest: sql`''`,
    prev: sql`''`,
    digest: sql`''`,
  },
});

const finalStates = Object.entries(vehicleCaseStatistics.lifecycle.states)
  .filter(([, { kind }]) => kind === 'final')
  .map(([state]) => state);

type Table = keyof typeof asTheyAre;

/** Where the rows of originals lie while they are copied. */
const originalsOf = (table: Table): string => `original_${table.split('.')[1]}`;

/** Puts the rows of originals that have ended beside, in the order of their cases: read from a small table whose size is known, whatever the growing one holds. */
const layOut = async (tx: Tx, some: readonly Table[]): Promise<void> => {
  const states = sql.join(finalStates.map((state) => sql.lit(state)));
  for (const table of some) {
    const [id, beside] = [table === 'elv.vehicle_case' ? 'id' : 'case_id', sql.table(originalsOf(table))];
    const ended =
      table === 'elv.vehicle_case'
        ? sql`open_key not like '%:%:%:%' and state in (${states})`
        : sql`case_id in (select id from ${sql.table(originalsOf('elv.vehicle_case'))})`;
    await sql`create temporary table ${beside} on commit drop as
      select * from ${sql.table(table)} where ${ended} order by ${sql.ref(id)}`.execute(tx);
    await sql`analyze ${beside}`.execute(tx);
  }
};

const copyTable = async (
  tx: Tx,
  table: Table,
  record: string,
  copies: { readonly first: number; readonly last: number },
): Promise<void> => {
  const changes = Object.entries(changed(record)[table]);
  const names = [...changes.map(([name]) => name), ...asTheyAre[table]].map((name) => sql.ref(name));
  const values = [...changes.map(([, value]) => value), ...asTheyAre[table].map((name) => sql.ref(name))];
  const id = sql.ref(table === 'elv.vehicle_case' ? 'id' : 'case_id');
  // Copies lie beside each other and those of a day beside those of the next, which is how what is ordered by time is filled.
  await sql`
    insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(values)}
    from (select * from ${sql.table(originalsOf(table))} order by ${id}) as original
    cross join generate_series(${copies.first}::integer, ${copies.last}::integer) as copy`.execute(tx);
};

const copiesAtOnce = 20;
const tables = ['elv.vehicle_case', 'elv.vehicle_claim', 'kernel.step'] as const;

/** What is made of the cases, `steps` of them or not, and what their page shows. `open` are the numbers of those that have not ended. */
export interface CopyWish {
  readonly times: number;
  readonly steps: boolean;
  readonly record: string;
  readonly open: ReadonlyMap<string, OwnedTally>;
}

/** The indexes that guard no key are put aside while rows are added and made anew behind them: made at once they cost a tenth. Answers how they were made. */
const putIndexesAside = async (tx: Tx): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string; made: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
    from pg_index i where not i.indisunique and i.indrelid in (${sql.join(tables.map((table) => sql`${table}::regclass`))})`.execute(
    tx,
  );
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(tx);
  return rows.map(({ made }) => made);
};

/**
 * Makes so many of every case that has ended, inside the database and in one transaction of the tables' owner: with identifiers, numbers and frame
 * numbers of their own, the same times and states, steps that a recount reads (chained to nothing), and `record` as what their page shows. The numbers
 * of the statistics become those of all of them; `open` are the numbers of the cases that have not ended and stay what they are. All cases there are
 * must be generated ones. Without steps a recount would take the copies for cases nobody worked on. Errors: throws where it is to stop, and nothing was done.
 */
export const multiply = (
  ownerDb: Db,
  { times, steps, record, open }: CopyWish,
  onProgress: (copies: number) => void,
  stopping?: AbortSignal,
): Promise<void> =>
  inTransaction(ownerDb, async (tx) => {
    await sql`set local maintenance_work_mem = '512MB'`.execute(tx);
    const copied = tables.filter((one) => steps || one !== 'kernel.step');
    await layOut(tx, copied);
    const indexes = await putIndexesAside(tx);
    for (let first = 1; first < times; first += copiesAtOnce) {
      stopping?.throwIfAborted();
      const last = Math.min(first + copiesAtOnce, times) - 1;
      for (const table of copied) await copyTable(tx, table, record, { first, last });
      onProgress(last);
    }
    for (const made of indexes) await sql.raw(made).execute(tx);
    await sql`update elv.case_tally set count = count * ${times}::bigint, seconds = seconds * ${times}::bigint`.execute(
      tx,
    );
    const less = [...open].map(([key, tally]): [string, OwnedTally] => [
      key,
      { ...tally, count: tally.count * (1 - times), seconds: tally.seconds * (1 - times) },
    ]);
    await addTallies(tx, { profile: vehicleCaseStatistics, schema: 'elv' }, new Map(less));
  });
