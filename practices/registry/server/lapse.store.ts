import type { Db } from '#kernel/db/database.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { tablesOf } from './entry.store.ts';
import { type EntryAccess, entryColumns } from './entry-access.ts';

/** An entry whose paper lapses, with its last day, `yyyy-MM-dd`. */
export interface Lapsing extends EntryAccess {
  readonly valid_until: string;
}

/** Entries that stand and whose paper lapses from one day to another, both included, after an entry by id; in the order of their ids. */
export const listLapsing = async (
  db: Db,
  profile: RegistryProfile,
  {
    from,
    until,
    after,
    most,
  }: { readonly from: string; readonly until: string; readonly after: string; readonly most: number },
): Promise<readonly Lapsing[]> => {
  const rows = await tablesOf(db, profile)
    .selectFrom('registry_entry')
    .select(Object.values(entryColumns))
    .select('valid_until')
    .where('registered_at', 'is not', null)
    .where('valid_until', '>=', from)
    .where('valid_until', '<=', until)
    .where('id', '>', after)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, valid_until: row.valid_until ?? '' }));
};
