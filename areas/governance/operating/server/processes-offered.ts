import { type Offering, offering } from '#kernel/area/offer.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { processOffer } from './process.offer.ts';
import { forgetProcesses, removeProcess, showProcess } from './process.store.ts';

/** A process that has not shown itself for so long is taken for ended. */
export const silentMs = 60_000;

/** Keeps the list of processes. Source: tender T2.2, T3.1. */
export const processesOffered = ({ db, clock }: { readonly db: Db; readonly clock: Clock }): Offering =>
  offering(processOffer, {
    show: ({ startedAt, ...one }) =>
      inTransaction(db, async (tx) => {
        const now = clock.now();
        await showProcess(tx, { ...one, started_at: new Date(startedAt), seen_at: now });
        await forgetProcesses(tx, new Date(now.getTime() - 60 * silentMs));
        return null;
      }),
    remove: ({ id }) =>
      inTransaction(db, async (tx) => {
        await removeProcess(tx, id);
        return null;
      }),
  });
