import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { personContract } from '../model/person.contract.ts';
import { noOrganisation } from '../model/person.view.ts';
import { statusOf } from '../model/person-status.ts';
import { actorOf, type PersonParts, personFact } from './person.parts.ts';
import { findPerson, lockPerson } from './person.store.ts';
import { personRows } from './person-access.ts';
import { listPeople } from './person-list.store.ts';

/** More people than one organisation hands work among; a longer list ends there. */
const mostReceivers = 500;

/** Handlers of handing somebody's open work to another of the same organisation. Source: tender R42. */
export const handOverHandlers = (parts: PersonParts): Pick<Handlers<typeof personContract>, 'work' | 'handOver'> => {
  const { db, access, handOvers } = parts;
  const reachOf = ({ subject }: CallContext) => personRows(access, subject, 'governance.person:handOver');
  return {
    work: async ({ personId }, context) => {
      const person = await findPerson(db, reachOf(context), personId);
      if (!person) return context.fail('NOT_FOUND');
      const work = (await Promise.all(handOvers.map((one) => one.openWork(db, person.id)))).flat();
      const filter = { organisationId: person.organisationId ?? noOrganisation, status: 'active' } as const;
      const { rows: same } = await listPeople(
        db,
        { ...filter, sort: 'userName', page: 1, size: mostReceivers },
        { rows: reachOf(context), search: null, holders: null, now: context.now },
      );
      const receivers = same.filter(({ id }) => id !== person.id);
      return { work, receivers: receivers.map(({ id, name, userName }) => ({ id, name, userName })) };
    },
    handOver: async ({ personId, receiverId, reason }, context) => {
      const { subject, now, ip, traceId } = context;
      const moved = await inTransaction(db, async (tx) => {
        const reach = reachOf(context);
        const person = await lockPerson(tx, reach, personId);
        if (!person) return context.fail('NOT_FOUND');
        const receiver = await findPerson(tx, reach, receiverId);
        const fits =
          receiver &&
          receiver.id !== person.id &&
          receiver.organisationId === person.organisationId &&
          statusOf(receiver, now) === 'active';
        if (!fits) return context.fail('RECEIVER');
        const handing = {
          fromId: person.id,
          receiver: { id: receiver.id, name: receiver.name },
          by: actorOf({ subject, ip }),
          reason,
          at: now,
          traceId,
        };
        const done = [];
        for (const one of handOvers) done.push(...(await one.move(tx, handing)));
        await appendFact(tx, personFact(context, 'handOver', person.id, { receiverId, reason, moved: done }));
        return done;
      });
      return { moved };
    },
  };
};
