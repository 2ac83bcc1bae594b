import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';

/** A file the database speaks of. `awaited`: an upload under way, whose bytes may not be there yet. `lasting`: it is a matter's, and no passing thing such as an export. */
export interface SpokenOf {
  readonly key: string;
  readonly awaited: boolean;
  readonly lasting: boolean;
}

const atOnce = 1_000;

/** Every file the database speaks of as of the transaction, page by page. */
export const spokenOf = async function* (tx: Tx): AsyncGenerator<readonly SpokenOf[]> {
  let after = '';
  for (;;) {
    const { rows } = await sql<SpokenOf>`
      select k.store_key as key, a.store_key is not null as awaited, f.store_key is not null as lasting
      from kernel.file_key k left join kernel.file_awaited a on a.store_key = k.store_key left join kernel.file f on f.store_key = k.store_key
      where k.store_key > ${after} order by k.store_key limit ${sql.lit(atOnce)}`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < atOnce) return;
    after = rows.at(-1)?.key ?? '';
  }
};

/** Whether the database still speaks of a file. */
export const isSpokenOf = async (db: Db, key: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from kernel.file_key where store_key = ${key}`.execute(db);
  return rows.length > 0;
};
