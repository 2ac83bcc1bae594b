import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Predicate } from '#kernel/access/predicate.ts';
import { areaMessages, movedWork, type OpenWork } from '#kernel/area/hand-over.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { personContract } from '../model/person.contract.ts';
import { noOrganisation } from '../model/person.view.ts';
import { statusOf } from '../model/person-status.ts';
import { handOverExchange } from './hand-over-messages.ts';
import { actorOf, type PersonParts, personFact, personObject } from './person.parts.ts';
import { findPerson } from './person.store.ts';
import { personRows } from './person-access.ts';
import { listPeople } from './person-list.store.ts';

/** More people than one organisation hands work among; a longer list ends there. */
const mostReceivers = 500;

/** So long whoever hands work over waits to see it done, in milliseconds; a notice tells them in any case. */
const waitsMs = 5_000;
/** How often it is looked whether a hand-over is done, while somebody waits for it, in milliseconds. */
const lookEveryMs = 50;

type HandOverContext = Parameters<Handlers<typeof personContract>['handOver']>[1];

/** Both people as they stand, where the asker may do this and they belong together. Errors: refuses as declared. */
const fitting = async (
  { db }: PersonParts,
  reach: Predicate,
  { personId, receiverId }: { readonly personId: string; readonly receiverId: string },
  context: Pick<HandOverContext, 'now' | 'fail'>,
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

/** Since when a hand-over of somebody's work waits to be done; undefined where none does. */
const underWaySince = ({ outbox }: PersonParts, db: Db | Tx, personId: string): Promise<Date | undefined> => {
  const { type, id } = personObject(personId);
  return outbox.waitingSince(db, { connector: areaMessages.id, exchange: handOverExchange }, type, id);
};

/** Puts a message to every area that has a part in it, in one transaction with the fact that it has begun; answers their ids. */
const begin = (
  parts: PersonParts,
  context: HandOverContext,
  { personId, receiver, reason }: Awaited<ReturnType<typeof fitting>> & { readonly reason: string },
): Promise<readonly string[]> => {
  const { subject, now, ip, traceId } = context;
  const { type: caseType, id: caseId } = personObject(personId);
  const by = actorOf({ subject, ip });
  const handing = { fromId: personId, receiver, by, reason, at: now.toISOString(), traceId };
  const id = randomUUID();
  return inTransaction(parts.db, async (tx) => {
    await appendFact(tx, personFact(context, 'handOverBegun', personId, { receiverId: receiver.id, reason }));
    // The person's chain is held by now: of two who hand the same work over the second sees the first.
    if (await underWaySince(parts, tx, personId)) return context.fail('UNDER_WAY');
    const ids: string[] = [];
    for (const area of Object.keys(parts.work)) {
      const message = messageTo(areaMessages, handOverExchange, { area, id, handing });
      ids.push(await parts.outbox.put(tx, message, { caseType, caseId, traceId }));
    }
    return ids;
  });
};

/** What came of it, as far as it is known while somebody waits: an area that does not answer is tried on without them. */
const seenDone = async (
  { db, outbox }: PersonParts,
  ids: readonly string[],
): Promise<{ readonly moved: OpenWork[]; readonly underWay: boolean }> => {
  const until = performance.now() + waitsMs;
  for (;;) {
    const told = await outbox.outcomesOf(db, ids);
    const underWay = told.some(({ status }) => status !== 'answered');
    const failed = told.some(({ status, attempts }) => status !== 'answered' && attempts > 0);
    if (!underWay || failed || performance.now() >= until)
      return { moved: told.flatMap(({ answer }) => movedWork.parse(answer ?? [])), underWay };
    await pause(lookEveryMs);
  }
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
      const open = (await Promise.all(Object.values(work).map((one) => one.open({ personId: person.id })))).flat();
      const filter = { organisationId: person.organisationId ?? noOrganisation, status: 'active' } as const;
      const { rows: same } = await listPeople(
        db,
        { ...filter, sort: 'userName', page: 1, size: mostReceivers },
        { rows: reachOf(context), search: null, holders: null, now: context.now },
      );
      const receivers = same.filter(({ id }) => id !== person.id);
      return {
        work: open,
        receivers: receivers.map(({ id, name, userName }) => ({ id, name, userName })),
        underWaySince: (await underWaySince(parts, db, person.id))?.toISOString() ?? null,
      };
    },
    handOver: async ({ personId: asked, receiverId, reason }, context) => {
      const both = await fitting(parts, reachOf(context), { personId: asked, receiverId }, context);
      const ids = await begin(parts, context, { ...both, reason });
      parts.nudge();
      return seenDone(parts, ids);
    },
  };
};
