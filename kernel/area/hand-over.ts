import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { tender } from '#kernel/source/source.ts';
import { offer, offerCall } from './offer.ts';

const openWork = z.object({ title: z.string(), count: z.int() });

/** Open work of one kind that hangs on a person: what it is, for people, for example 在办案卷, and how much. */
export type OpenWork = z.output<typeof openWork>;

/** What was moved, as an area answers it. */
export const movedWork = z.array(openWork);

const person = z.object({ id: z.string(), name: z.string() });

const handingOver = z.object({
  fromId: z.string(),
  receiver: person,
  by: person.extend({ organisationId: z.string().nullable(), ip: z.string() }),
  reason: z.string(),
  at: z.iso.datetime(),
  traceId: z.string(),
});

/**
 * An area's part when somebody's work goes to another of the same organisation: what is open and hangs on a person, and moving it. What was done
 * stays with whoever did it. Whoever asks has judged that both belong together and that the asker may do this.
 */
export const workOffer = offer({
  id: 'work',
  title: '在办事项',
  source: tender(42),
  by: 'each',
  calls: {
    open: offerCall({ input: z.object({ personId: z.string() }), output: z.array(openWork) }),
    /**
     * Moves everything that is open in one transaction of the area, with a fact for each matter; answers what was moved. Under the same key it is
     * moved once, whatever has come since, and answered with what was moved then.
     */
    move: offerCall({ input: handingOver.extend({ key: z.string() }), output: movedWork, patienceSeconds: 15 }),
  },
});

/**
 * What one area tells another by the outbox: what may not be lost where the other does not answer, and is tried until it has. Source: tender R42; ADR 0058.
 */
export const areaMessages = connector({
  id: 'areas',
  title: '业务区之间',
  source: tender(42, 'T2.2'),
  exchanges: {
    'hand-over': exchange({
      title: '移交在办事项',
      source: tender(42),
      direction: 'out',
      effect: 'write',
      request: z.object({ area: z.string(), id: z.string(), handing: handingOver }),
      response: movedWork,
      key: ({ id, area }) => `${id}:${area}`,
      recipient: ({ area }) => area,
      timeoutSeconds: 20,
    }),
  },
});
