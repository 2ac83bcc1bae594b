import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { caseColumns } from './case-access.ts';
import type { ElvTables, PhotoTable } from './vehicle-case.tables.ts';

const weighed = [
  'id',
  'part',
  'media_type',
  'file_name',
  'uploaded_at',
  'operator_name',
  'device_time',
  'place',
  'removed_at',
] as const satisfies readonly (keyof PhotoTable)[];

/** A photograph without its reading. */
export type WeighedRow = Pick<PhotoTable, (typeof weighed)[number]>;

/** The photographs in place of a case, oldest first; nothing is opened. */
export const listWeighed = (db: Db, caseId: string): Promise<readonly WeighedRow[]> =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_photo')
    .select(weighed)
    .where('case_id', '=', caseId)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();

/** These photographs, taken out or not. */
export const findWeighed = async (db: Db, ids: readonly string[]): Promise<readonly WeighedRow[]> =>
  ids.length === 0
    ? []
    : db.withTables<ElvTables>().selectFrom('elv.vehicle_photo').select(weighed).where('id', 'in', ids).execute();

/** How cases are called that are within the rows. */
export const namedCases = async (db: Db, ids: readonly string[], rows: Predicate) =>
  ids.length === 0
    ? []
    : db
        .withTables<ElvTables>()
        .selectFrom('elv.vehicle_case')
        .select(['id', 'case_no', 'enterprise_name', 'vin'])
        .where('id', 'in', ids)
        .where((eb) => whereRows(eb, rows, caseColumns))
        .execute();

/** A case as access control sees it, with its number. */
export const findCaseRow = (tx: Tx, id: string) =>
  tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select([...Object.values(caseColumns), 'case_no'])
    .where('id', '=', id)
    .executeTakeFirst();
