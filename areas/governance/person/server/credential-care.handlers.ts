import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { personContract } from '../model/person.contract.ts';
import { heldList, type PersonParts, personFact } from './person.parts.ts';
import { findPerson, lockPerson, type StoredPerson } from './person.store.ts';
import { personRows, takesTwo } from './person-access.ts';
import { type FreshPassword, freshPassword } from './person-entry.ts';
import { personViewOf } from './person-view.ts';

type Verb = 'resetPassword' | 'resetFactor';
type Context = CallContext<'NOT_FOUND' | 'YOURSELF' | 'REASON' | 'WAITING' | 'CHANGED'>;
type CredentialHandlers = Pick<Handlers<typeof personContract>, Verb>;

/** A person whose way of signing in the asker may set; never their own. */
const personFor = async ({ db, access }: PersonParts, verb: Verb, personId: string, context: Context) => {
  const rows = personRows(access, context.subject, `governance.person:${verb}`);
  const person = await findPerson(db, rows, personId);
  if (!person) return context.fail('NOT_FOUND');
  if (person.id === context.subject.id) return context.fail('YOURSELF');
  return { rows, person };
};

/** Whether the first password was never agreed to: applied for anew, and what hangs on the first one, comes with it. */
const neverSet = ({ mustChange, passwordChangedAt, createdAt }: StoredPerson): boolean =>
  mustChange && passwordChangedAt.getTime() === createdAt.getTime();

/**
 * Does it at once, or applies for it; whoever was given a role of the platform meanwhile is not reset by one alone. The person is held and the list is read after that: a role is given with the
 * person held too, so either this sees it, or whoever gives it sees what was set here.
 */
const setOrApply = async (
  parts: PersonParts,
  { verb, personId, reason = '', two }: { verb: Verb; personId: string; reason?: string | undefined; two: boolean },
  context: Context,
  password: FreshPassword | null,
  atOnce: (tx: Tx, person: StoredPerson) => Promise<Readonly<Record<string, unknown>>>,
): Promise<StoredPerson> => {
  const { db, access, credentials, accounts } = parts;
  const rows = personRows(access, context.subject, `governance.person:${verb}`);
  const slot = verb === 'resetPassword' ? 'password' : 'second-factor';
  if (two && reason.length < 4) return context.fail('REASON');
  await inTransaction(db, async (tx) => {
    const person = await lockPerson(tx, rows, personId);
    if (!person) return context.fail('NOT_FOUND');
    if (takesTwo(parts, person, await heldList(parts, tx, context), context.now) !== two)
      return context.fail('CHANGED');
    if (!two) {
      const by = context.subject.name;
      await accounts.notice(tx, { userId: person.id, at: context.now, what: slot, by, agreed: null });
      await appendFact(tx, personFact(context, verb, person.id, await atOnce(tx, person)));
      return;
    }
    const kind = slot === 'password' && neverSet(person) ? 'first-password' : slot;
    const asked = { kind, person, reason, password: password?.waiting ?? null } as const;
    if (!(await credentials.propose(tx, asked, context))) context.fail('WAITING');
  });
  accounts.forget(personId);
  return (await findPerson(db, rows, personId)) ?? context.fail('NOT_FOUND');
};

/**
 * Resetting how somebody signs in. Of people of the platform it is applied for here and takes effect when another administrator agrees; of an enterprise's own people
 * their administrator, or the system's, does it alone, and they are told by whom. Source: tender R42; domain 10.4.
 */
export const credentialCareHandlers = (parts: PersonParts): CredentialHandlers => {
  const { accounts } = parts;
  const viewed = (context: CallContext, person: StoredPerson) =>
    personViewOf(parts, context.subject, person, context.now);
  return {
    resetPassword: async ({ personId, reason }, context) => {
      const { person: before } = await personFor(parts, 'resetPassword', personId, context);
      const two = takesTwo(parts, before, parts.access.list(), context.now);
      const password = await freshPassword(before.userName, two);
      const asked = { verb: 'resetPassword', personId, reason, two } as const;
      const person = await setOrApply(parts, asked, context, password, (tx, one) =>
        accounts.resetPassword(tx, one.id, { passwordHash: password.storedNow, at: context.now, alone: true }),
      );
      return { person: await viewed(context, person), initialPassword: password.shown, half: two };
    },
    resetFactor: async ({ personId, reason }, context) => {
      const { person: before } = await personFor(parts, 'resetFactor', personId, context);
      if (!(await accounts.hasFactor(parts.db, before.id))) return context.fail('NO_FACTOR');
      const two = takesTwo(parts, before, parts.access.list(), context.now);
      const asked = { verb: 'resetFactor', personId, reason, two } as const;
      const person = await setOrApply(parts, asked, context, null, (tx, one) =>
        accounts.removeFactors(tx, one.id, { at: context.now, alone: true }),
      );
      return { person: await viewed(context, person), waits: two };
    },
  };
};
