import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import { type AccessRow, type Predicate, passes } from '#kernel/access/predicate.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import type { ConductTable, PractitionerTable } from './practitioner.tables.ts';

/** What access control may ask of a person at work, and the columns it stands in. Source: tender R44. */
export const practitionerColumns = {
  id: 'id',
  organisation: 'organisation_id',
  district: 'district_code',
  owner: 'entered_by',
} as const satisfies AccessColumns;

/** The same of a conduct record. */
export const conductColumns = {
  id: 'id',
  organisation: 'organisation_id',
  district: 'district_code',
  owner: 'recorded_by',
  state: 'state',
} as const satisfies AccessColumns;

type Columns<T, C extends Readonly<Record<string, keyof T>>> = Pick<T, C[keyof C]>;
/** What of a row access control needs. */
export type PractitionerAccess = Columns<PractitionerTable, typeof practitionerColumns>;
/** See {@link PractitionerAccess}. */
export type ConductAccess = Columns<ConductTable, typeof conductColumns>;

/** A person at work as access control sees them. */
export const accessRowOf = (row: PractitionerAccess): AccessRow => ({
  id: row.id,
  organisation: row.organisation_id,
  district: row.district_code,
  owner: row.entered_by,
});

/** A conduct record as access control sees it. */
export const conductAccessRowOf = (row: ConductAccess): AccessRow => ({
  id: row.id,
  organisation: row.organisation_id,
  district: row.district_code,
  owner: row.recorded_by,
  state: row.state,
});

/** The people upon whom a subject may use a verb. */
export const rowsFor = (access: Access, subject: Subject, verb: string): Predicate =>
  access.rowFilter(subject, `elv.practitioner:${verb}`);

/** Whether the subject may use the verb upon that person. */
export const mayDo = (access: Access, subject: Subject, verb: string, row: AccessRow): boolean =>
  passes(rowsFor(access, subject, verb), row);

/** Whether the subject may use the verb upon that conduct record, or upon those of that row. */
export const mayToConduct = (access: Access, subject: Subject, verb: string, row: AccessRow): boolean =>
  passes(access.rowFilter(subject, `elv.practitioner-conduct:${verb}`), row);

/** How each sealed value of a person is shown to the reader. */
export const viewsOf = (access: Access, subject: Subject, row: AccessRow): ((field: string) => FieldView) =>
  access.fieldViews(subject, 'elv.practitioner:read', row);
