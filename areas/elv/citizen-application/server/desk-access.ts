import type { Access, Subject } from '#kernel/access/access.ts';
import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import type { Db } from '#kernel/db/database.ts';
import { overOrganisations } from '#practices/registry/server/entry-access.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import { citizenApplication, offeredStates, seenStates } from '../model/citizen-application.lifecycle.ts';
import type { ApplicationTable } from './citizen-application.tables.ts';

/** An application as access control sees it; it is of the district its chosen enterprise lies in now. */
export const accessRowOf = (
  row: Pick<ApplicationTable, 'id' | 'enterprise_id' | 'citizen_id' | 'state'>,
  districtCode: string | null = null,
): AccessRow => ({
  id: row.id,
  organisation: row.enterprise_id,
  district: districtCode,
  owner: row.citizen_id,
  state: row.state,
});

/**
 * The applications upon which somebody of the desk may use a verb. To be taken, or not: those that are offered. To be read: those too that wait for another
 * choice, which no enterprise has, so that only who sees all rows sees them. Source: tender R44.
 */
export const deskRows = async (
  { access, organisations, db }: { readonly access: Access; readonly organisations: Organisations; readonly db: Db },
  subject: Subject,
  verb: string,
): Promise<Predicate> => ({
  all: [
    overOrganisations(access.rowFilter(subject, `${citizenApplication.id}:${verb}`), await organisations.all(db)),
    { field: 'state', in: verb === 'read' ? seenStates : offeredStates },
  ],
});
