import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workOffer } from '#kernel/area/hand-over.ts';
import { PeerAway } from '#kernel/area/peer-calls.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { handOverHandlers } from './hand-over.handlers.ts';
import type { PersonParts } from './person.parts.ts';

let served: ServedProduct;
beforeAll(async () => {
  served = await aServedProduct();
});
afterAll(() => served.close());

/** Work of two areas: of the first two matters are moved, the second comes to this. */
const handing = async (second: () => Promise<never>) => {
  const { database, product, clock } = served;
  const cookie = await served.signIn('yardadmin1');
  const subject = await product.sessions.subjectOf(cookie.split('=')[1] ?? '', false);
  const first = { open: async () => [], move: async () => [{ title: '案卷', count: 2 }] };
  const work = [first, { open: async () => [], move: second }];
  const parts = { db: database.db, access: product.access, work } as unknown as PersonParts;
  const traceId = randomUUID();
  const context = { subject, now: clock.now(), ip: '', traceId } as unknown as CallContext<'NOT_FOUND' | 'RECEIVER'>;
  const asked = { personId: 'demo-clerk1', receiverId: 'demo-clerk1b', reason: '人员调离本岗位' };
  await expect(handOverHandlers(parts).handOver(asked, context)).rejects.toMatchObject({ code: 'PEER_AWAY' });
  return database.db
    .withTables<{
      'kernel.audit_entry': {
        action: string;
        outcome: string;
        detail: string;
        trace_id: string;
        seq: number;
      };
    }>()
    .selectFrom('kernel.audit_entry')
    .select(['action', 'outcome', 'detail'])
    .where('trace_id', '=', traceId)
    .orderBy('seq')
    .execute();
};

test('R42: what may have been moved is noted as not known, what was not as failed; who gave whose work to whom is there before anything is moved', async () => {
  const begun = { action: 'governance.person.handOverBegun', outcome: 'done' };
  const ended = {
    action: 'governance.person.handOver',
    detail: expect.stringContaining('"moved":[{"count":2,"title":"案卷"}]'),
  };
  const perhaps = await handing(() => Promise.reject(new PeerAway(workOffer, true)));
  expect(perhaps).toMatchObject([begun, { ...ended, outcome: 'unknown' }]);
  const not = await handing(() => Promise.reject(new PeerAway(workOffer, false)));
  expect(not).toMatchObject([begun, { ...ended, outcome: 'failed' }]);
});
