import type { Db, Tx } from '#kernel/db/database.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** How many cases a person has in hand. */
export const countCasesOf = async (db: Db | Tx, personId: string, openStates: readonly string[]): Promise<number> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('opened_by', '=', personId)
    .where('state', 'in', [...openStates])
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

/** Gives every case a person has in hand to another; answers which. Who opened a case stands in the log for good. */
export const moveCases = async (
  tx: Tx,
  fromId: string,
  receiverId: string,
  openStates: readonly string[],
): Promise<readonly string[]> => {
  const rows = await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_case')
    .set({ opened_by: receiverId })
    .where('opened_by', '=', fromId)
    .where('state', 'in', [...openStates])
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
};
