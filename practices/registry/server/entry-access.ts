import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import type { Organisation } from './organisations.ts';
import type { EntryTable } from './registry.tables.ts';

/** What access control may ask of an entry, and the columns it stands in. Source: tender R44. */
export const entryColumns = {
  id: 'id',
  organisation: 'organisation_id',
  owner: 'opened_by',
  state: 'state',
  origin: 'origin',
} as const satisfies AccessColumns;

/** What of a row access control needs. */
export type EntryAccess = Pick<EntryTable, (typeof entryColumns)[keyof typeof entryColumns]>;

/** The same of one entry that was read. */
export const accessRowOf = (
  row: EntryAccess,
  organisation: Pick<Organisation, 'districtCode'> | undefined,
): AccessRow => ({
  id: row.id,
  organisation: row.organisation_id,
  district: organisation?.districtCode ?? null,
  owner: row.opened_by,
  state: row.state,
  origin: row.origin,
});

/**
 * The same rows, told without districts: an entry is of a district by its organisation, and where an organisation lies is not kept here.
 * So a district becomes the organisations that lie in it now.
 */
export const overOrganisations = (predicate: Predicate, all: readonly Organisation[]): Predicate => {
  if ('all' in predicate) return { all: predicate.all.map((one) => overOrganisations(one, all)) };
  if ('any' in predicate) return { any: predicate.any.map((one) => overOrganisations(one, all)) };
  if ('not' in predicate) return { not: overOrganisations(predicate.not, all) };
  if (predicate.field !== 'district') return predicate;
  const inside = all.filter(({ districtCode }) => predicate.in.includes(districtCode));
  return { field: 'organisation', in: inside.map(({ id }) => id) };
};
