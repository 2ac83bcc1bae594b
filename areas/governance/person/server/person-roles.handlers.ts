import { type AccessList, listFaults } from '#kernel/access/access-list.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { personContract } from '../model/person.contract.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import { actorOf, type PersonParts, personFact } from './person.parts.ts';
import { findPerson, lockPerson } from './person.store.ts';
import { personRows } from './person-access.ts';
import { fittingRoles, personViewOf } from './person-view.ts';

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((one) => right.includes(one));

/** The list with exactly these of the roles that fit; whatever else the person holds stays. */
const withRoles = (
  list: AccessList,
  subjectId: string,
  fitting: readonly string[],
  wanted: readonly string[],
): AccessList => ({
  ...list,
  holdings: [
    ...list.holdings.filter((one) => one.subjectId !== subjectId || !fitting.includes(one.roleId)),
    ...wanted.map((roleId) => ({ subjectId, roleId })),
  ],
});

/**
 * Giving and taking the roles that fit an enterprise, within it; roles of the platform are applied for and decided elsewhere.
 * Source: tender R42, R43.
 */
export const personRolesHandlers = (parts: PersonParts): Pick<Handlers<typeof personContract>, 'setRoles'> => {
  const { db, access, accessList, permissions } = parts;
  return {
    setRoles: async ({ personId, was, roles }, context) => {
      const rows = personRows(access, context.subject, 'governance.person:setRoles');
      await inTransaction(db, async (tx) => {
        const person = await lockPerson(tx, rows, personId);
        if (!person) return context.fail('NOT_FOUND');
        const fitting = fittingRoles(parts, person);
        const wanted = [...new Set(roles)];
        if (wanted.some((role) => !fitting.includes(role))) context.fail('NOT_GRANTABLE');
        const change = {
          by: actorOf(context),
          what: { why: 'enterprise-roles', personId, was, now: wanted },
          at: context.now,
          traceId: context.traceId,
        };
        const known = new Set(permissions());
        const after = await accessList.change(tx, change, (before) => {
          const held = before.holdings.filter((one) => one.subjectId === personId).map(({ roleId }) => roleId);
          const heldHere = held.filter((role) => fitting.includes(role));
          if (!sameSet(heldHere, [...new Set(was)])) context.fail('CHANGED');
          if (sameSet(heldHere, wanted)) return before;
          const next = withRoles(before, personId, fitting, wanted);
          return refuseFaults(next, known, context);
        });
        await keepAnAdministrator(parts, tx, person, context, { changed: after });
        await appendFact(tx, personFact(context, 'setRoles', personId, { changes: { roles: { was, now: wanted } } }));
      });
      // This process follows its own change at once; the others do within seconds.
      await access.check();
      const person = await findPerson(db, rows, personId);
      return person ? personViewOf(parts, context.subject, person, context.now) : context.fail('NOT_FOUND');
    },
  };
};

const refuseFaults = (
  list: AccessList,
  known: ReadonlySet<string>,
  context: CallContext<'NOT_GRANTABLE'>,
): AccessList => {
  const [fault] = listFaults(list, known);
  return fault === undefined ? list : context.fail('NOT_GRANTABLE', { message: fault });
};
