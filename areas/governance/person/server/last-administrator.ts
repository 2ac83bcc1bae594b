import type { AccessList } from '#kernel/access/access-list.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';
import { enterpriseAdministrator, systemAdministrator } from '../model/person.roles.ts';
import { actorOf, type PersonParts } from './person.parts.ts';
import { countUsable, type StoredPerson } from './person.store.ts';
import { grantedByPlatform } from './person-access.ts';

const holdersOf = (list: AccessList, roleId: string): readonly string[] =>
  list.holdings.filter((one) => one.roleId === roleId).map(({ subjectId }) => subjectId);

/** Whether somebody who may still use the account holds the role at that place. */
const isAnybodyLeft = async (
  tx: Tx,
  list: AccessList,
  roleId: string,
  organisationId: string | null,
  now: Date,
): Promise<boolean> => (await countUsable(tx, holdersOf(list, roleId), organisationId, now)) > 0;

/** The roles of a person that must not be left without a holder by this asker. The system administrator may close an enterprise down. */
const guardedRoles = ({ access }: PersonParts, person: StoredPerson, { subject }: CallContext): readonly string[] => {
  const held = access.rolesOf(person.id);
  return [
    ...(held.includes(systemAdministrator) ? [systemAdministrator] : []),
    ...(held.includes(enterpriseAdministrator) && !grantedByPlatform(access, subject, 'governance.person:disable')
      ? [enterpriseAdministrator]
      : []),
  ];
};

/**
 * Refuses, after the fact and before the commit, what has left an enterprise, or the platform, without an administrator. The access list
 * is held meanwhile, so that two who shut one another out follow one another.
 */
export const keepAnAdministrator = async (
  parts: PersonParts,
  tx: Tx,
  person: StoredPerson,
  context: CallContext<'LAST_ADMINISTRATOR'>,
  changed?: AccessList,
): Promise<void> => {
  const roles = guardedRoles(parts, person, context);
  if (roles.length === 0) return;
  const change = { by: actorOf(context), what: { why: 'look' }, at: context.now, traceId: context.traceId };
  const list = changed ?? (await parts.accessList.change(tx, change, (before) => before));
  for (const role of roles) {
    const place = role === systemAdministrator ? null : person.organisationId;
    if (!(await isAnybodyLeft(tx, list, role, place, context.now))) context.fail('LAST_ADMINISTRATOR');
  }
};
