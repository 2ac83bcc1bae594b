import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { personContract } from '../model/person.contract.ts';
import { endOfDay, lastDay } from '../model/person-status.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import { type PersonParts, personFact } from './person.parts.ts';
import { findPerson, lockPerson, type StoredPerson, writeDetails } from './person.store.ts';
import { grantedByPlatform, mayEnable, personRows } from './person-access.ts';
import { personViewOf } from './person-view.ts';

type CareHandlers = Pick<
  Handlers<typeof personContract>,
  'disable' | 'enable' | 'unlock' | 'setValidity' | 'endSessions'
>;

/** Does something to a person the asker's grant reaches, and tells the log; answers the person afterwards. */
const careOver =
  ({ db, access, accounts }: PersonParts) =>
  async (
    context: CallContext<'NOT_FOUND'>,
    verb: string,
    personId: string,
    work: (tx: Tx, person: StoredPerson) => Promise<Readonly<Record<string, unknown>>>,
  ): Promise<StoredPerson> => {
    const rows = personRows(access, context.subject, `governance.person:${verb}`);
    await inTransaction(db, async (tx) => {
      const person = await lockPerson(tx, rows, personId);
      if (!person) return context.fail('NOT_FOUND');
      await appendFact(tx, personFact(context, verb, person.id, await work(tx, person)));
    });
    accounts.forget(personId);
    return (await findPerson(db, rows, personId)) ?? context.fail('NOT_FOUND');
  };

/** Handlers of looking after accounts. Every change is in the log with who, why and what. Source: tender R42. */
export const careHandlers = (parts: PersonParts): CareHandlers => {
  const { access, accounts } = parts;
  const care = careOver(parts);
  const viewed = (context: CallContext, person: StoredPerson) =>
    personViewOf(parts, context.subject, person, context.now);

  return {
    disable: async ({ personId, reason }, context) => {
      const person = await care(context, 'disable', personId, async (tx, one) => {
        await accounts.setStatus(tx, one.id, 'disabled', context.now);
        const platform =
          (one.status !== 'active' && one.disabledByPlatform) ||
          grantedByPlatform(access, context.subject, 'governance.person:disable');
        await writeDetails(tx, one.id, { disabled_by_platform: platform }, false);
        await keepAnAdministrator(parts, tx, one, context);
        return { reason, changes: { status: { was: one.status, now: 'disabled' } } };
      });
      return viewed(context, person);
    },
    enable: async ({ personId, reason }, context) => {
      const person = await care(context, 'enable', personId, async (tx, one) => {
        if (!mayEnable(access, context.subject, one)) context.fail('PLATFORM');
        await accounts.setStatus(tx, one.id, 'active', context.now);
        await writeDetails(tx, one.id, { disabled_by_platform: false }, false);
        return { reason, changes: { status: { was: one.status, now: 'active' } } };
      });
      return viewed(context, person);
    },
    unlock: async ({ personId }, context) => {
      const person = await care(context, 'unlock', personId, async (tx, one) => {
        await accounts.unlock(tx, one.id);
        return { changes: { lockedUntil: { was: one.lockedUntil?.toISOString() ?? null, now: null } } };
      });
      return viewed(context, person);
    },
    setValidity: async ({ personId, validUntil }, context) => {
      if (validUntil !== null && validUntil < shanghaiDay(context.now)) return context.fail('PAST');
      const person = await care(context, 'setValidity', personId, async (tx, one) => {
        const until = validUntil === null ? null : endOfDay(validUntil);
        const platform = grantedByPlatform(access, context.subject, 'governance.person:setValidity');
        const { validityLimit: limit } = one;
        if (!platform && limit !== null && (until === null || until > limit))
          context.fail('LIMITED', { message: `平台设定的有效期至 ${lastDay(limit)}，只能由平台的系统管理员延长` });
        await accounts.setValidUntil(tx, one.id, until);
        if (platform) await writeDetails(tx, one.id, { validity_limit: until }, false);
        if (until !== null) await keepAnAdministrator(parts, tx, one, context, { until });
        return { changes: { validUntil: { was: one.validUntil && lastDay(one.validUntil), now: validUntil } } };
      });
      return viewed(context, person);
    },
    endSessions: async ({ personId }, context) => {
      let ended = 0;
      await care(context, 'endSessions', personId, async (tx, one) => {
        ended = await accounts.endSessions(tx, one.id, 'administrator', context.now);
        return { ended };
      });
      return { ended };
    },
  };
};
