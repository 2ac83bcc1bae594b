import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { tablesOf } from './evidence.store.ts';
import type { FindingTable } from './evidence.tables.ts';

/** A matter has no more findings than are looked at. */
const mostOfMatter = 200;

/** Keeps a finding unless the two photographs have one; answers whether it is new. */
export const addFinding = (tx: Tx, schema: string, row: FindingTable): Promise<boolean> =>
  insertIfAbsent(tx, `${schema}.photo_finding`, { ...row });

/** The findings that a matter has part in, the newest first. */
export const listFindings = async (db: Db, schema: string, matterId: string): Promise<readonly FindingTable[]> => {
  const ofSide = (side: 'matter_a' | 'matter_b') =>
    tablesOf(db, schema)
      .selectFrom('photo_finding')
      .selectAll()
      .where(side, '=', matterId)
      .orderBy('found_at', 'desc')
      .limit(mostOfMatter)
      .execute();
  const [first, second] = await Promise.all([ofSide('matter_a'), ofSide('matter_b')]);
  return [...first, ...second].sort((one, other) => other.found_at.getTime() - one.found_at.getTime());
};

/** One finding that a matter has part in; undefined when there is none. */
export const findFinding = async (
  db: Db | Tx,
  schema: string,
  matterId: string,
  id: string,
): Promise<FindingTable | undefined> =>
  tablesOf(db, schema)
    .selectFrom('photo_finding')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => eb.or([eb('matter_a', '=', matterId), eb('matter_b', '=', matterId)]))
    .executeTakeFirst();

/** Sets a finding aside; false where it has been already. */
export const setFindingAside = async (
  tx: Tx,
  schema: string,
  id: string,
  by: { readonly id: string; readonly name: string; readonly reason: string; readonly at: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tablesOf(tx, schema)
    .updateTable('photo_finding')
    .set({ set_aside_at: by.at, set_aside_by: by.id, set_aside_name: by.name, set_aside_reason: by.reason })
    .where('id', '=', id)
    .where('set_aside_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};
