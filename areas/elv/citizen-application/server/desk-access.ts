import type { Access, Subject } from '#kernel/access/access.ts';
import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import { citizenApplication, offeredStates } from '../model/citizen-application.lifecycle.ts';
import type { ApplicationTable } from './citizen-application.tables.ts';

/** An application as access control sees it. */
export const accessRowOf = (
  row: Pick<ApplicationTable, 'id' | 'enterprise_id' | 'citizen_id' | 'state'>,
): AccessRow => ({ id: row.id, organisation: row.enterprise_id, owner: row.citizen_id, state: row.state });

/** The applications upon which somebody of the chosen enterprise may use a verb: while it must answer, and once it has taken them. */
export const offeredRows = (access: Access, subject: Subject, verb: string): Predicate => ({
  all: [access.rowFilter(subject, `${citizenApplication.id}:${verb}`), { field: 'state', in: offeredStates }],
});
