import { areaMessages, movedWork, type OpenWork } from '#kernel/area/hand-over.ts';
import { PeerAway } from '#kernel/area/peer-calls.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { AnswerHandler, CarriedMessage } from '#kernel/connector/answer-handler.ts';
import type { Delivery, ParsedRequestOf, Wire } from '#kernel/connector/connector.ts';
import { reasonOf } from '#kernel/connector/crossing.ts';
import type { Tx } from '#kernel/db/database.ts';
import { handOverNotices } from '../model/hand-over.notices.ts';
import { type PersonParts, personObject } from './person.parts.ts';

/** The exchange by its name. */
export const handOverExchange = 'hand-over';

const { request } = areaMessages.exchanges[handOverExchange];

/** The way to the areas' parts in handing over, in this process or another: asked again under the same key, they do it once. */
export const wireToAreas = ({ work, onFailure }: Pick<PersonParts, 'work' | 'onFailure'>): Wire => {
  const noAnswer = (error: unknown): Delivery<never> => {
    // Of a process that is away its caller has told.
    if (error instanceof PeerAway) return { outcome: 'unknown', detail: 'the area does not answer' };
    onFailure(error, { exchange: handOverExchange });
    return { outcome: 'unknown', detail: reasonOf(error) };
  };
  return {
    carry: ({ body, key, recipient, timeoutSeconds, signal }) => {
      const calls = work[recipient];
      if (!calls) throw new Error(`${recipient} has no part in handing over`);
      const over = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]);
      const hungUp = new Promise<Delivery<never>>((resolve) => {
        over.addEventListener('abort', () => resolve({ outcome: 'unknown', detail: 'no answer in time' }));
      });
      const { handing } = request.parse(JSON.parse(body));
      const moved = calls
        .move({ ...handing, key })
        .then((answer): Delivery<unknown> => ({ outcome: 'delivered', answer }), noAnswer);
      return Promise.race([moved, hungUp]);
    },
  };
};

const wordsOf = (moved: readonly OpenWork[]): string =>
  moved
    .map(({ title, count }) => `${title} ${count} 件`)
    .join('、')
    .slice(0, 60) || '没有在办事项';

type Request = ParsedRequestOf<(typeof areaMessages.exchanges)[typeof handOverExchange]>;

const leaveFact = (
  tx: Tx,
  { area, handing }: Request,
  end: { readonly at: Date; readonly outcome: AuditFact['outcome']; readonly moved: readonly OpenWork[] },
) => {
  const { fromId, receiver, by, reason, traceId } = handing;
  return appendFact(tx, {
    at: end.at,
    kind: 'security',
    action: 'governance.person.handOver',
    actor: by,
    object: personObject(fromId),
    outcome: end.outcome,
    detail: { receiverId: receiver.id, reason, area, moved: end.moved },
    traceId,
  });
};

/** What follows when an area has moved its part: the log says so, and whoever asked is told, also where they saw it done: whether they did nobody knows. Source: tender R42; ADR 0058. */
export const handOverAnswers = ({ clock, notices }: Pick<PersonParts, 'clock' | 'notices'>): AnswerHandler => {
  const occasionOf = (at: Date, { key }: CarriedMessage, { handing: { fromId, by } }: Request) => ({
    matter: { ...personObject(fromId), row: { id: fromId } },
    occasion: key,
    organisationId: null,
    personId: by.id,
    at,
  });
  return {
    answered: async (tx, message, answer) => {
      const asked = request.parse(message.request);
      const at = clock.now();
      const moved = movedWork.parse(answer);
      await leaveFact(tx, asked, { at, outcome: 'done', moved });
      const values = { work: wordsOf(moved) };
      await notices.raise(tx, { kind: handOverNotices.done, values, ...occasionOf(at, message, asked) });
      return undefined;
    },
    refused: async () => {
      throw new Error('an area moves work, or does not answer');
    },
    givenUp: async (tx, message) => {
      const asked = request.safeParse(message.request).data;
      // One that cannot be opened says neither who asked nor for whom; that it was given up stands in the log.
      if (!asked) return;
      const at = clock.now();
      await leaveFact(tx, asked, { at, outcome: 'unknown', moved: [] });
      await notices.raise(tx, { kind: handOverNotices.unknown, values: {}, ...occasionOf(at, message, asked) });
    },
  };
};
