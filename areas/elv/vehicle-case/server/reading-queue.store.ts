import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

type Tables = { 'elv.paper_reading': { photo_id: string; case_id: string; held_until: Date | null } };

/** A photograph whose paper is to be read. */
export interface AwaitedReading {
  readonly photoId: string;
  readonly caseId: string;
}

/** Puts a photograph among those to be read; one that is there already stays with whoever has it in hand. */
export const awaitReading = async (tx: Tx, { photoId, caseId }: AwaitedReading): Promise<void> => {
  await insertIfAbsent(tx, 'elv.paper_reading', { photo_id: photoId, case_id: caseId, held_until: null });
};

/** Takes a reading in hand until a moment; false where another process has it, or it is over. */
export const takeReading = async (db: Db, photoId: string, now: Date, until: Date): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .withTables<Tables>()
    .updateTable('elv.paper_reading')
    .set({ held_until: until })
    .where('photo_id', '=', photoId)
    .where((eb) => eb.or([eb('held_until', 'is', null), eb('held_until', '<', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Keeps readings in hand for longer. */
export const holdReadings = async (db: Db, photoIds: readonly string[], until: Date): Promise<void> => {
  if (photoIds.length === 0) return;
  await db
    .withTables<Tables>()
    .updateTable('elv.paper_reading')
    .set({ held_until: until })
    .where('photo_id', 'in', [...photoIds])
    .execute();
};

/** Gives readings back that were taken in hand and are not begun, for others to take at once. */
export const giveBackReadings = async (db: Db, photoIds: readonly string[]): Promise<void> => {
  if (photoIds.length === 0) return;
  await db
    .withTables<Tables>()
    .updateTable('elv.paper_reading')
    .set({ held_until: null })
    .where('photo_id', 'in', [...photoIds])
    .execute();
};

/** A reading is over, whatever came of it. */
export const endReading = async (db: Db | Tx, photoId: string): Promise<void> => {
  await db.withTables<Tables>().deleteFrom('elv.paper_reading').where('photo_id', '=', photoId).execute();
};

/** Readings nobody has in hand, the oldest first, no more than `most`. */
export const looseReadings = async (db: Db, now: Date, most: number): Promise<readonly AwaitedReading[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('elv.paper_reading')
    .select(['photo_id', 'case_id'])
    .where((eb) => eb.or([eb('held_until', 'is', null), eb('held_until', '<', now)]))
    .orderBy('photo_id')
    .limit(most)
    .execute();
  return rows.map((row) => ({ photoId: row.photo_id, caseId: row.case_id }));
};
