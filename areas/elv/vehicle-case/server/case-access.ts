import type { FieldView } from '#kernel/access/access.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import type { Field } from '#kernel/fields/field.ts';
import { sections } from '../model/vehicle-case.fields.ts';
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

const personalOfOwner = Object.entries(sections.owner.fields as Readonly<Record<string, Field>>)
  .filter(([, { sensitivity }]) => sensitivity !== 'open')
  .map(([name]) => `owner.${name}`);

/** The owner's personal fields as a reader's views show them, all taken together: the least open of them. */
export const ownerView = (view: (field: string) => FieldView): FieldView => {
  const views = personalOfOwner.map(view);
  return views.includes('hidden') ? 'hidden' : views.includes('masked') ? 'masked' : 'plain';
};
