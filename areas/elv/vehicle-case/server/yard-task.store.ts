import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { casesWhere, type ListScope } from './case-list.store.ts';
import { assembled, type LoadedCase } from './vehicle-case.store.ts';
import type { CaseTable, ElvTables, PhotoTable } from './vehicle-case.tables.ts';

/** A photograph in place, as the yard is told of it. */
export type YardPhotoRow = Pick<
  PhotoTable,
  'id' | 'case_id' | 'part' | 'uploaded_at' | 'operator_name' | 'device_time' | 'place' | 'sm3' | 'file_id'
>;

/** A case with its photographs. */
export interface YardCase {
  readonly loaded: LoadedCase;
  readonly photos: readonly YardPhotoRow[];
}

const photosOf = (db: Db, ids: readonly string[]): Promise<YardPhotoRow[]> =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_photo')
    .select(['id', 'case_id', 'part', 'uploaded_at', 'operator_name', 'device_time', 'place', 'sm3', 'file_id'])
    .where('case_id', 'in', [...ids])
    .where('removed_at', 'is', null)
    .orderBy('case_id')
    .orderBy('uploaded_at')
    .execute();

const openedWithPhotos = async (db: Db, crypto: Crypto, rows: readonly CaseTable[]): Promise<readonly YardCase[]> => {
  if (rows.length === 0) return [];
  const found = Map.groupBy(
    await photosOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ case_id }) => case_id,
  );
  return Promise.all(
    rows.map(async (row) => {
      const photos = found.get(row.id) ?? [];
      // No guard of the yard asks what outside systems have answered.
      return { loaded: await assembled(crypto, row, { photos, checks: [] }), photos };
    }),
  );
};

/** What is asked of the cases that rest in a state. */
export interface YardAsk {
  readonly state: string;
  readonly q: string | undefined;
  readonly most: number;
}

/** The cases that rest in a state, those that wait longest first, and how many there are. */
export const listYardCases = async (
  db: Db,
  crypto: Crypto,
  scope: ListScope,
  { state, q, most }: YardAsk,
): Promise<{ readonly cases: readonly YardCase[]; readonly total: number }> => {
  const base = await casesWhere(db, crypto, { state: [state], mark: undefined, q }, scope);
  const [rows, count] = await Promise.all([
    base.selectAll().orderBy('state_since').orderBy('id').limit(most).execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { cases: await openedWithPhotos(db, crypto, rows), total: Number(count.count) };
};

/** The photographs of one case that was read. */
export const withPhotos = async (db: Db, loaded: LoadedCase): Promise<YardCase> => ({
  loaded,
  photos: await photosOf(db, [loaded.row.id]),
});
