import type { Predicate } from '#kernel/access/predicate.ts';
import type { OpenWork } from '#kernel/area/hand-over.ts';
import { PeerAway } from '#kernel/area/peer-calls.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { personContract } from '../model/person.contract.ts';
import { noOrganisation } from '../model/person.view.ts';
import { statusOf } from '../model/person-status.ts';
import { actorOf, type PersonParts, personFact } from './person.parts.ts';
import { findPerson } from './person.store.ts';
import { personRows } from './person-access.ts';
import { listPeople } from './person-list.store.ts';

/** More people than one organisation hands work among; a longer list ends there. */
const mostReceivers = 500;

type HandOverContext = Pick<Parameters<Handlers<typeof personContract>['handOver']>[1], 'now' | 'fail'>;

/** Both people as they stand, where the asker may do this and they belong together. Errors: refuses as declared. */
const fitting = async (
  { db }: PersonParts,
  reach: Predicate,
  { personId, receiverId }: { readonly personId: string; readonly receiverId: string },
  context: HandOverContext,
): Promise<{ readonly personId: string; readonly receiver: { readonly id: string; readonly name: string } }> => {
  const person = await findPerson(db, reach, personId);
  if (!person) return context.fail('NOT_FOUND');
  const receiver = await findPerson(db, reach, receiverId);
  const fits =
    receiver &&
    receiver.id !== person.id &&
    receiver.organisationId === person.organisationId &&
    statusOf(receiver, context.now) === 'active';
  if (!fits) return context.fail('RECEIVER');
  return { personId: person.id, receiver: { id: receiver.id, name: receiver.name } };
};

/** Handlers of handing somebody's open work to another of the same organisation. Source: tender R42. */
export const handOverHandlers = (parts: PersonParts): Pick<Handlers<typeof personContract>, 'work' | 'handOver'> => {
  const { db, access, work } = parts;
  const reachOf = ({ subject }: Pick<CallContext, 'subject'>) =>
    personRows(access, subject, 'governance.person:handOver');
  return {
    work: async ({ personId }, context) => {
      const person = await findPerson(db, reachOf(context), personId);
      if (!person) return context.fail('NOT_FOUND');
      const open = (await Promise.all(work.map((one) => one.open({ personId: person.id })))).flat();
      const filter = { organisationId: person.organisationId ?? noOrganisation, status: 'active' } as const;
      const { rows: same } = await listPeople(
        db,
        { ...filter, sort: 'userName', page: 1, size: mostReceivers },
        { rows: reachOf(context), search: null, holders: null, now: context.now },
      );
      const receivers = same.filter(({ id }) => id !== person.id);
      return { work: open, receivers: receivers.map(({ id, name, userName }) => ({ id, name, userName })) };
    },
    handOver: async ({ personId: asked, receiverId, reason }, context) => {
      const { subject, now, ip, traceId } = context;
      const { personId, receiver } = await fitting(parts, reachOf(context), { personId: asked, receiverId }, context);
      const handing = {
        fromId: personId,
        receiver,
        by: actorOf({ subject, ip }),
        reason,
        at: now.toISOString(),
        traceId,
      };
      const leave = (fact: AuditFact): Promise<unknown> => inTransaction(db, (tx) => appendFact(tx, fact));
      // Kept before anything is moved: whatever comes between, who gave whose work to whom is known, and each matter has its fact under the same trace.
      await leave(personFact(context, 'handOverBegun', personId, { receiverId, reason }));
      const moved: OpenWork[] = [];
      const tell = (outcome: AuditFact['outcome']): Promise<unknown> =>
        leave({ ...personFact(context, 'handOver', personId, { receiverId, reason, moved }), outcome });
      try {
        // Each area moves its own in a transaction of its own, with a fact on each matter: no transaction spans two.
        for (const one of work) moved.push(...(await one.move(handing)));
      } catch (error) {
        const outcome = error instanceof PeerAway && error.perhapsDone ? 'unknown' : 'failed';
        // Why it was not done goes to whoever asked, also where this note cannot be kept; the first one is.
        await tell(outcome).catch(() => undefined);
        throw error;
      }
      await tell('done');
      return { moved };
    },
  };
};
