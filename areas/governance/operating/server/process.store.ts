import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

/** A process as it shows itself. `figures` is JSON. */
export interface ProcessTable {
  id: string;
  host: string;
  pid: number;
  started_at: Date;
  seen_at: Date;
  figures: string;
}

type Tables = { 'governance.process': ProcessTable };

/** Writes down that a process lives, with its figures. */
export const showProcess = async (tx: Tx, row: ProcessTable): Promise<void> => {
  if (await insertIfAbsent(tx, 'governance.process', { ...row })) return;
  await tx
    .withTables<Tables>()
    .updateTable('governance.process')
    .set({ seen_at: row.seen_at, figures: row.figures })
    .where('id', '=', row.id)
    .execute();
};

/** Forgets the processes that were last seen before. */
export const forgetProcesses = async (tx: Tx, before: Date): Promise<void> => {
  await tx.withTables<Tables>().deleteFrom('governance.process').where('seen_at', '<', before).execute();
};

/** Forgets one process: it has ended in good order. */
export const removeProcess = async (tx: Tx, id: string): Promise<void> => {
  await tx.withTables<Tables>().deleteFrom('governance.process').where('id', '=', id).execute();
};

const mostProcesses = 100;

/** The processes seen since, the oldest first. */
export const processesSince = (db: Db, since: Date): Promise<readonly ProcessTable[]> =>
  db
    .withTables<Tables>()
    .selectFrom('governance.process')
    .selectAll()
    .where('seen_at', '>=', since)
    .orderBy('started_at')
    .limit(mostProcesses)
    .execute();
