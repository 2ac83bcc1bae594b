import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { noticePeriods } from '../model/notice.periods.ts';
import type { NoticeParts } from './notice.parts.ts';
import { dropOld } from './notice.store.ts';

const atOnce = 500;

/**
 * Erases notices, read or not, and how they were sent, once their time has passed: what they are about is kept by its own matter. Answers how many were. Source:
 * assumption, adr/0040.
 */
export const eraseOld = async ({ db, clock, settings }: NoticeParts): Promise<number> => {
  const now = clock.now();
  const ahead = await settings.deadline(noticePeriods.keep, now);
  const before = new Date(2 * now.getTime() - ahead.getTime());
  let erased = 0;
  for (let some = atOnce; some === atOnce; erased += some)
    some = await inTransaction(db, async (tx) => {
      const gone = await dropOld(tx, before, atOnce);
      if (gone > 0)
        await appendFact(tx, {
          at: now,
          kind: 'operation',
          action: 'notice.erase',
          actor: { id: 'system', name: '系统', organisationId: null, ip: '' },
          object: { type: 'notice', id: 'retention' },
          outcome: 'done',
          detail: { before: before.toISOString(), notices: gone },
          traceId: uuidv7(now),
        });
      return gone;
    });
  return erased;
};
