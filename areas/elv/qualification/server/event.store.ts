import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { mostEvents } from '../model/event.contract.ts';

/** What every row of an event has; of one its system tells no more, `gone_at` says since when. */
export interface KeptEvent {
  organisation_id: string;
  gone_at: Date | null;
}

/** Where events of one kind are kept, each by the number its system gave it. */
export interface EventShelf<Row extends KeptEvent> {
  readonly table: 'elv_qualification.penalty' | 'elv_qualification.complaint' | 'elv_qualification.enforcement_event';
  readonly number: keyof Row & string;
  /** When it happened. */
  readonly happened: keyof Row & string;
  /** The beginning of a day, `yyyy-MM-dd`, as `happened` is compared with it. */
  readonly from: (day: string) => Date | string;
  /** What events are told apart by where they are counted. */
  readonly told: readonly (keyof Row & string)[];
}

/** So many events of an organisation are alike in all that is told apart. */
export type Tally<Row extends KeptEvent> = Readonly<Partial<Row>> & { readonly count: number };

/** An event as its system tells it. */
export type ToldEvent<Row extends KeptEvent> = Omit<Row, keyof KeptEvent>;

/** Values of columns whose events are left out. */
export type Without<Row extends KeptEvent> = Readonly<Partial<Record<keyof Row & string, readonly string[]>>>;

type Tables = Record<EventShelf<KeptEvent>['table'], KeptEvent>;

/** Keeps what a system tells of an organisation: all events since a day. Those told before and not any more are noted as gone. */
export const keepEvents = async <Row extends KeptEvent>(
  tx: Tx,
  { table, number, happened, from }: EventShelf<Row>,
  organisationId: string,
  told: readonly ToldEvent<Row>[],
  { since, now }: { readonly since: string; readonly now: Date },
): Promise<void> => {
  const tables = tx.withTables<Tables>();
  const numbers = told.map((row) => (row as Row)[number]);
  for (const [index, row] of told.entries()) {
    const whole = { ...row, organisation_id: organisationId, gone_at: null };
    if (await insertIfAbsent(tx, table, whole)) continue;
    await tables
      .updateTable(table)
      .set({ ...row, gone_at: null })
      .where('organisation_id', '=', organisationId)
      .where(sql.ref(number), '=', numbers[index])
      .execute();
  }
  await tables
    .updateTable(table)
    .set({ gone_at: now })
    .where('organisation_id', '=', organisationId)
    .where(sql.ref(happened), '>=', from(since))
    .where('gone_at', 'is', null)
    .$if(numbers.length > 0, (query) => query.where(sql.ref(number), 'not in', numbers))
    .execute();
};

/** The latest events of an organisation, newest first. */
export const listEvents = async <Row extends KeptEvent>(
  db: Db,
  { table, number, happened }: EventShelf<Row>,
  organisationId: string,
): Promise<readonly Row[]> =>
  (await db
    .withTables<Tables>()
    .selectFrom(table)
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy(sql.ref(happened), 'desc')
    .orderBy(sql.ref(number))
    .limit(mostEvents)
    // The shelf says what its table has.
    .execute()) as readonly KeptEvent[] as readonly Row[];

/** How many events of these organisations happened since a day and stand, those left out that `without` names; by organisation, those without any are left out. */
export const tallyEvents = async <Row extends KeptEvent>(
  db: Db,
  { table, happened, from, told }: EventShelf<Row>,
  organisationIds: readonly string[],
  since: string,
  without?: Without<Row>,
): Promise<ReadonlyMap<string, readonly Tally<Row>[]>> => {
  if (organisationIds.length === 0) return new Map();
  const columns = sql.join(['organisation_id', ...told].map((name) => sql.ref(name)));
  const others = sql.join(
    Object.entries<readonly string[] | undefined>(without ?? {}).map(
      ([column, values = []]) => sql`and ${sql.ref(column)} not in (${sql.join(values)})`,
    ),
    sql` `,
  );
  const { rows } = await sql<KeptEvent & { count: string }>`
    select ${columns}, count(*) as count from ${sql.table(table)}
    where organisation_id in (${sql.join(organisationIds)}) and ${sql.ref(happened)} >= ${from(since)} and gone_at is null ${others}
    group by ${columns}`.execute(db);
  const tallies = new Map<string, Tally<Row>[]>();
  for (const row of rows) {
    const tally = { ...row, count: Number(row.count) } as unknown as Tally<Row>;
    tallies.set(row.organisation_id, [...(tallies.get(row.organisation_id) ?? []), tally]);
  }
  return tallies;
};
