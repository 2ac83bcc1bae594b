import { z } from 'zod';
import { offer, offerCall } from '#kernel/area/offer.ts';
import { tender } from '#kernel/source/source.ts';

const id = z.string();

/** The list of processes: each shows itself, whichever areas run in it. */
export const processOffer = offer({
  id: 'processes',
  title: '运行状况',
  source: tender('T2.2', 'T3.1'),
  by: 'one',
  calls: {
    /** That a process lives, with its figures as JSON. */
    show: offerCall({
      input: z.object({
        id,
        host: z.string().max(120),
        pid: z.int(),
        startedAt: z.iso.datetime(),
        figures: z.string().max(100_000),
      }),
      output: z.null(),
    }),
    /** That it has ended in good order. */
    remove: offerCall({ input: z.object({ id }), output: z.null() }),
  },
});
