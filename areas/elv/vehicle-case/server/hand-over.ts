import { areaMessages, movedWork, type OpenWork, workOffer } from '#kernel/area/hand-over.ts';
import { type CallsOn, type Offering, offering } from '#kernel/area/offer.ts';
import { onceUnder } from '#kernel/area/once.ts';
import { appendFacts } from '#kernel/audit/trail.store.ts';
import type { Inbox } from '#kernel/connector/inbox.store.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { openStates } from './case-line.ts';
import { countCasesOf, moveCases } from './hand-over.store.ts';

/** How the log calls it. */
export const transferWorkTitle = { id: 'elv.vehicle-case.transferWork', title: '移交案卷' } as const;

const title = '在办报废案卷';

type Handing = Omit<Parameters<CallsOn<typeof workOffer>['move']>[0], 'key'>;

const moveOpen = async (
  tx: Tx,
  now: Date,
  { fromId, receiver, by, reason, at, traceId }: Handing,
): Promise<OpenWork[]> => {
  const moved = await moveCases(tx, fromId, receiver.id, openStates);
  await appendFacts(
    tx,
    moved.map((id) => ({
      at: now,
      kind: 'operation',
      // No step of the case: `handOver` of the lifecycle is the vehicle's, signed by whoever brings it.
      action: transferWorkTitle.id,
      actor: by,
      object: { type: vehicleCase.id, id },
      outcome: 'done',
      detail: { reason, askedAt: at, changes: { owner: { was: fromId, now: receiver.id } } },
      traceId,
    })),
  );
  return [{ title, count: moved.length }];
};

/** Cases in hand go from one clerk to another of the same enterprise; steps and signatures stay with whoever took them. Source: tender R42. */
export const caseWorkOffered = ({
  db,
  inbox,
  clock,
}: {
  readonly db: Db;
  readonly inbox: Inbox;
  readonly clock: Clock;
}): Offering =>
  offering(workOffer, {
    open: async ({ personId }, on = db) => [{ title, count: await countCasesOf(on, personId, openStates) }],
    move: ({ key, ...asked }) => {
      const { fromId, receiver, traceId } = asked;
      const whose = { fromId, receiverId: receiver.id };
      const message = { connector: areaMessages.id, exchange: 'hand-over', key, asked: whose, traceId };
      return inTransaction(db, (tx) =>
        onceUnder(tx, inbox, message, movedWork, () => moveOpen(tx, clock.now(), asked)),
      );
    },
  });
