import type { FastifyInstance } from 'fastify';
import { busy } from '#kernel/contract/answer-failures.ts';

/**
 * Lets so many API requests be worked on at once and sends the others away at once, with a word when to come back: those inside are answered in time, and nobody
 * waits for a refusal. A request takes its place when it has wholly arrived and the limits of its client have let it through, so that whoever sends slowly holds none.
 * Health and pages are always answered. Source: tender T2.2, T2.7.
 */
export const shedLoad = (server: FastifyInstance, mostAtOnce: number): void => {
  let underWay = 0;
  server.addHook('preHandler', async ({ routeOptions }, reply) => {
    // The route that was found, not the address as it was written.
    if (!routeOptions.url?.startsWith('/api/')) return;
    if (underWay >= mostAtOnce) {
      void reply.header('retry-after', busy.retryAfterSeconds);
      throw busy.failure;
    }
    underWay += 1;
    // Told once in every case, also when the client hangs up before it is answered.
    reply.raw.once('close', () => {
      underWay -= 1;
    });
  });
};
