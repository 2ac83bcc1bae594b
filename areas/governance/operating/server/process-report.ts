import { hostname } from 'node:os';
import type { CallsOn } from '#kernel/area/offer.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Repeating } from '#kernel/jobs/jobs.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { processOffer } from './process.offer.ts';
import { type FigureParts, ownFigures } from './process-figures.ts';

const everyMs = 10_000;

/** Shows this process to all others every ten seconds, whichever areas run in it. */
export const processReport = (
  parts: FigureParts & { readonly clock: Clock; readonly calls: CallsOn<typeof processOffer> },
): Repeating => {
  const { clock, jobs, calls } = parts;
  const figures = ownFigures(parts);
  const startedAt = clock.now();
  const id = uuidv7(startedAt);
  const own = { id, host: hostname().slice(0, 120), pid: process.pid, startedAt: startedAt.toISOString() };
  const show = jobs.repeat(
    'process-report',
    everyMs,
    async () => calls.show({ ...own, figures: JSON.stringify(await figures()) }),
    'every-process',
  );
  return {
    start: show.start,
    stop: async () => {
      await show.stop();
      // Whoever keeps the list forgets a silent process by itself, should it not answer any more.
      await calls.remove({ id }).catch(() => undefined);
    },
  };
};
