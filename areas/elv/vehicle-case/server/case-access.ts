import type { AccessRow } from '#kernel/access/predicate.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import type { CaseTable } from './vehicle-case.tables.ts';

/** What access control may ask of a vehicle case, and the columns it stands in. Source: tender R44. */
export const caseColumns = {
  id: 'id',
  organisation: 'enterprise_id',
  district: 'district_code',
  owner: 'opened_by',
  state: 'state',
} as const satisfies AccessColumns;

/** The same of one case that was read. */
export const accessRowOf = (row: Pick<CaseTable, (typeof caseColumns)[keyof typeof caseColumns]>): AccessRow => ({
  id: row.id,
  organisation: row.enterprise_id,
  district: row.district_code,
  owner: row.opened_by,
  state: row.state,
});
