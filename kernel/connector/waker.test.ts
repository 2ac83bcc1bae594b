import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { identity } from '#connectors/identity/exchanges.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { messageTo } from './connector.ts';
import { outboxOf } from './outbox.store.ts';
import { wakerOf } from './waker.ts';

// Real: PostgreSQL with a message that is due. Made up: the clock; the lane only notes that it was woken.

const clock = clockAt('2026-11-23T02:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(migrations);
  const outbox = outboxOf({ connectors: [identity], crypto: softwareCrypto(Buffer.alloc(32, 7)), clock });
  const message = messageTo(identity, 'verify-person', {
    reference: 'a:owner-identity:1:digest',
    name: '测试演示',
    identityNo: '31010119900307001X',
  });
  await inTransaction(database.db, (tx) => outbox.put(tx, message, { caseType: null, caseId: null, traceId: 'test' }));
});
afterAll(() => database.close());

/** Lets so many turns of the promises go by, as many as lie between a look's last question and its end. */
const turns = async (count: number): Promise<void> => {
  for (let one = 0; one < count; one += 1) await undefined;
};

test.each([0, 1, 2, 3, 4, 5, 6])(
  'R45: a nudge %i turns after the last look’s answer is answered by one more look',
  async (after) => {
    let woken = 0;
    const lane = {
      connectorId: identity.id,
      nudge: () => {
        woken += 1;
        if (woken === 1) void turns(after).then(() => waker.nudge());
      },
    };
    const onFailure = (error: unknown) => expect.unreachable(String(error));
    const waker = wakerOf({ db: database.db, clock, onFailure }, [lane]);
    waker.nudge();
    await expect.poll(() => woken).toBe(2);
    await waker.stop();
  },
);
