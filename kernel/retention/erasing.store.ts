import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

interface ErasingTable {
  id: string;
  after_key: string;
  looked_at: Date;
  erased_at: Date | null;
  last_count: string;
  whole_count: string;
}

type Tables = { 'kernel.erasing': ErasingTable };

/** How one kind of erasing stands. `lastCount`: of the last round that erased anything, at `erasedAt`. */
export interface ErasingStanding {
  readonly id: string;
  readonly lookedAt: Date;
  readonly erasedAt: Date | null;
  readonly lastCount: number;
  readonly wholeCount: number;
}

/** Notes that a round begins; answers the key where the last piece ended. */
export const beginErasing = async (tx: Tx, id: string, at: Date): Promise<string> => {
  const row = { id, after_key: '', looked_at: at, erased_at: null, last_count: '0', whole_count: '0' };
  await insertIfAbsent(tx, 'kernel.erasing', row);
  const { after_key } = await tx
    .withTables<Tables>()
    .updateTable('kernel.erasing')
    .set({ looked_at: at })
    .where('id', '=', id)
    .returning('after_key')
    .executeTakeFirstOrThrow();
  return after_key;
};

/** Notes a piece in its own transaction: what was erased, in this round so far, and where it ended. */
export const noteErased = async (
  tx: Tx,
  id: string,
  piece: { readonly at: Date; readonly count: number; readonly inRound: number; readonly after: string },
): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('kernel.erasing')
    .set((eb) => ({
      after_key: piece.after,
      whole_count: eb('whole_count', '+', String(piece.count)),
      ...(piece.inRound > 0 ? { erased_at: piece.at, last_count: String(piece.inRound) } : {}),
    }))
    .where('id', '=', id)
    .execute();
};

/** How all kinds of erasing stand. */
export const erasingStandings = async (db: Db): Promise<readonly ErasingStanding[]> => {
  const rows = await db.withTables<Tables>().selectFrom('kernel.erasing').selectAll().execute();
  return rows.map((row) => ({
    id: row.id,
    lookedAt: row.looked_at,
    erasedAt: row.erased_at,
    lastCount: Number(row.last_count),
    wholeCount: Number(row.whole_count),
  }));
};

/** The database's own time. */
export const databaseNow = async (db: Db): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db);
  const [first] = rows;
  if (!first) throw new Error('the database told no time');
  return first.now;
};
