import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { offer, offerCall } from './offer.ts';

const openWork = z.object({ title: z.string(), count: z.int() });

/** Open work of one kind that hangs on a person: what it is, for people, for example 在办案卷, and how much. */
export type OpenWork = z.output<typeof openWork>;

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
    open: offerCall({ input: z.object({ personId: z.string() }), output: z.array(openWork), repeatable: true }),
    /**
     * Moves everything that is open in one transaction of the area, with a fact for each matter; answers what was moved. Asked again it moves
     * what has come since, which is nothing as a rule, but it would answer that nothing was moved.
     */
    move: offerCall({ input: handingOver, output: z.array(openWork), repeatable: false }),
  },
});
