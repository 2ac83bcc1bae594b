import { type RawBuilder, sql } from 'kysely';
import { firstUuidAt } from '#kernel/db/uuid.ts';
import type { Retention } from './retention.ts';

type Erase = Retention['erase'];

/** Deletes rows by the time of one of their columns, those that may go. */
export const deletingRows =
  (of: {
    readonly table: string;
    /** The column or columns that tell one row from all others. */
    readonly key: string | readonly string[];
    readonly time: string;
    readonly mayGo?: RawBuilder<unknown>;
  }): Erase =>
  async (tx, { before, most }) => {
    const { table, time, mayGo = sql`true` } = of;
    const key = sql.join([of.key].flat().map((column) => sql.ref(column)));
    const gone = await sql`delete from ${sql.table(table)} where (${key}) in (
      select ${key} from ${sql.table(table)} where ${sql.ref(time)} < ${before} and ${mayGo}
      order by ${sql.ref(time)} limit ${most})`.execute(tx);
    return { count: Number(gone.numAffectedRows ?? 0n) };
  };

/**
 * Erases what rows say in some columns and leaves the rows, whose ids begin with their time (UUIDv7) and are passed in that order, so that none is read twice. Those
 * that may not be erased are passed over for good.
 */
export const emptyingColumns =
  (of: { readonly table: string; readonly columns: readonly string[]; readonly mayGo?: RawBuilder<unknown> }): Erase =>
  async (tx, { after, before, most }) => {
    const { table, columns, mayGo = sql`true` } = of;
    const { rows } = await sql<{ id: string; may_go: boolean }>`
      select id, ${mayGo} as may_go from ${sql.table(table)}
      where id > ${after} and id < ${firstUuidAt(before)} order by id limit ${most}`.execute(tx);
    const ids = rows.filter((row) => row.may_go).map(({ id }) => id);
    if (ids.length > 0)
      await sql`update ${sql.table(table)} set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = null`))}
        where id in (${sql.join(ids)})`.execute(tx);
    return { count: ids.length, after: rows.at(-1)?.id ?? after };
  };
