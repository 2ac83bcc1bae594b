import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { SealBroken } from './crypto.ts';
import type { Resealing, SealedRow, SealedTable } from './sealed-table.ts';

/** How far a renewal of keys has come. `checking`: all rows are done, strays are being looked for. */
export type RotationState = 'starting' | 'running' | 'checking' | 'done' | 'needs-person';

/** A row that could not be opened: altered, moved, or of a key nobody has. */
export interface BrokenRow {
  readonly table: string;
  readonly key: string;
}

/** One renewal of keys as it stands. */
export interface Rotation {
  readonly id: string;
  readonly state: RotationState;
  readonly startedAt: Date;
  readonly startedBy: string;
  /** Which table it is at; their number when all are done. */
  readonly tableAt: number;
  readonly done: number;
  readonly total: number;
  readonly broken: readonly BrokenRow[];
  readonly finishedAt: Date | null;
  readonly remark: string;
}

interface RotationTable {
  id: string;
  state: RotationState;
  started_at: Date;
  started_by: string;
  table_at: number;
  /** The key of the last row done in that table, as JSON; empty before the first. */
  key_at: string;
  done: string;
  total: string;
  broken: string;
  finished_at: Date | null;
  remark: string;
}

type Tables = { 'kernel.key_rotation': RotationTable; 'kernel.key_rotation_turn': { id: string } };

/** Rows sealed anew in one transaction: few, so that a person who saves one of them hardly waits. */
const batchRows = 20;
const mostBrokenKept = 50;

const rotationOf = (row: RotationTable): Rotation => ({
  id: row.id,
  state: row.state,
  startedAt: row.started_at,
  startedBy: row.started_by,
  tableAt: row.table_at,
  done: Number(row.done),
  total: Number(row.total),
  // Written by reseal from this shape.
  broken: JSON.parse(row.broken) as readonly BrokenRow[],
  finishedAt: row.finished_at,
  remark: row.remark,
});

const rotations = (db: Db | Tx) => db.withTables<Tables>().selectFrom('kernel.key_rotation').selectAll();

/** The latest renewal; undefined when keys were never renewed. */
export const findRotation = async (db: Db | Tx): Promise<Rotation | undefined> => {
  const row = await rotations(db).orderBy('started_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row && rotationOf(row);
};

/** Notes that a renewal begins; answers false while another is under way. */
export const beginRotation = async (db: Db, id: string, by: string, at: Date): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    await tx.withTables<Tables>().selectFrom('kernel.key_rotation_turn').select('id').forUpdate().execute();
    const standing = await rotations(tx)
      .where('state', 'in', ['starting', 'running', 'checking'])

      .execute();
    if (standing.length > 0) return false;
    await tx
      .withTables<Tables>()
      .insertInto('kernel.key_rotation')
      .values({
        id,
        state: 'starting',
        started_at: at,
        started_by: by,
        table_at: 0,
        key_at: '',
        done: '0',
        total: '0',
        broken: '[]',
        finished_at: null,
        remark: '',
      })
      .execute();
    return true;
  });

/** Changes how a renewal stands. */
export const noteRotation = async (
  db: Db | Tx,
  id: string,
  change: Partial<Pick<RotationTable, 'state' | 'total' | 'remark' | 'finished_at'>>,
): Promise<void> => {
  await db.withTables<Tables>().updateTable('kernel.key_rotation').set(change).where('id', '=', id).execute();
};

/** How many rows there are to do. */
export const countSealedRows = async (db: Db, tables: readonly SealedTable[]): Promise<number> => {
  let total = 0;
  for (const { table } of tables) {
    const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}`.execute(db);
    total += Number(rows[0]?.count ?? 0);
  }
  return total;
};

/** Rows after a key in the order of the key: (a > x) or (a = x and b > y). */
const after = (key: readonly string[], at: readonly string[]) =>
  at.length === 0
    ? sql`true`
    : sql.join(
        key.map((column, index) => {
          const equals = key.slice(0, index).map((before, n) => sql`${sql.ref(before)} = ${at[n]}`);
          return sql`(${sql.join([...equals, sql`${sql.ref(column)} > ${at[index]}`], sql` and `)})`;
        }),
        sql` or `,
      );

const readBatch = async (tx: Tx, { table, key, columns }: SealedTable, at: readonly string[]) => {
  const names = sql.join([...new Set([...key, ...columns])].map((name) => sql.ref(name)));
  const order = sql.join(key.map((name) => sql.ref(name)));
  const { rows } = await sql<SealedRow>`select ${names} from ${sql.table(table)} where ${after(key, at)}
    order by ${order} limit ${sql.lit(batchRows)} for update`.execute(tx);
  return rows;
};

const keyOf = ({ key }: SealedTable, row: SealedRow): readonly string[] => key.map((column) => row[column] ?? '');

const writeRow = async (tx: Tx, table: SealedTable, row: SealedRow, anew: SealedRow): Promise<void> => {
  const changed = Object.entries(anew).filter(([column, value]) => value !== row[column]);
  if (changed.length === 0) return;
  const set = sql.join(changed.map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
  const where = sql.join(
    table.key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
    sql` and `,
  );
  await sql`update ${sql.table(table.table)} set ${set} where ${where}`.execute(tx);
};

const resealRows = async (
  tx: Tx,
  table: SealedTable,
  rows: readonly SealedRow[],
  tools: Resealing,
): Promise<readonly BrokenRow[]> => {
  const broken: BrokenRow[] = [];
  for (const row of rows) {
    try {
      await writeRow(tx, table, row, await table.reseal(row, tools));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      broken.push({ table: table.table, key: keyOf(table, row).join(' ') });
    }
  }
  return broken;
};

/**
 * Seals the next few rows anew and notes how far it came, in one transaction: killed at any moment, either both have happened or neither. Answers the renewal as
 * it stands, with `tableAt` beyond the last table when nothing is left. A row that cannot be opened is left as it is and named.
 */
export const resealBatch = async (
  db: Db,
  id: string,
  tables: readonly SealedTable[],
  tools: Resealing,
): Promise<Rotation> =>
  inTransaction(db, async (tx) => {
    const row = await rotations(tx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
    const table = tables[row.table_at];
    if (!table) return rotationOf(row);
    const at = row.key_at === '' ? [] : (JSON.parse(row.key_at) as readonly string[]);
    const batch = await readBatch(tx, table, at);
    const last = batch.at(-1);
    const broken = [...rotationOf(row).broken, ...(await resealRows(tx, table, batch, tools))];
    const change = {
      ...(last === undefined
        ? { table_at: row.table_at + 1, key_at: '' }
        : { table_at: row.table_at, key_at: JSON.stringify(keyOf(table, last)) }),
      done: String(Number(row.done) + batch.length),
      broken: JSON.stringify(broken.slice(0, mostBrokenKept)),
    };
    await tx.withTables<Tables>().updateTable('kernel.key_rotation').set(change).where('id', '=', id).execute();
    return rotationOf({ ...row, ...change });
  });

/** Begins the walk over all tables once more: rows were written under an old key while it ran. */
export const walkAgain = async (db: Db, id: string, total: number): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('kernel.key_rotation')
    .set({ state: 'running', table_at: 0, key_at: '', done: '0', total: String(total) })
    .where('id', '=', id)
    .execute();
};

interface TextColumn {
  readonly table_schema: string;
  readonly table_name: string;
  readonly column_name: string;
}

/** The shortest sealed text is longer than this. */
const shortestSealed = 70;

/**
 * Every column of the database, declared or not, where a text under one of these beginnings still stands. Texts may stand inside others, as in a JSON record,
 * so the whole column is searched; it is read once for each renewal of keys.
 */
export const findStrays = async (db: Db, marks: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<TextColumn>`select table_schema, table_name, column_name from information_schema.columns
    where table_schema not in ('information_schema', 'pg_catalog') and data_type in ('text', 'character varying')
    and (character_maximum_length is null or character_maximum_length > ${sql.lit(shortestSealed)})
    order by table_schema, table_name, column_name`.execute(db);
  const found: string[] = [];
  for (const { table_schema, table_name, column_name } of rows) {
    if (marks.length === 0) break;
    const like = sql.join(
      marks.map((mark) => sql`${sql.ref(column_name)} like ${`%${mark}%`}`),
      sql` or `,
    );
    const one = await sql`select 1 from ${sql.table(`${table_schema}.${table_name}`)} where ${like} limit 1`.execute(
      db,
    );
    if (one.rows.length > 0) found.push(`${table_schema}.${table_name}.${column_name}`);
  }
  return found;
};
