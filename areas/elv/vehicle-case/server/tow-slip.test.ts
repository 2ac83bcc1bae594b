import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real here: PostgreSQL, engine, web server over HTTP, files. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 72_000);
});
afterAll(() => it.close());

const slipOf = async ({ id, walker }: ActingCase) =>
  (await it.hands.view(walker.cast.clerk, id)).photos.find(({ part }) => part === 'tow-slip');

test('R03: the upload of the tow slip is the hand-over, stays it when the slip is exchanged, and without a slip nothing comes in', async () => {
  const acting = await cases.at('handedOver');
  const { id, walker } = acting;
  const { clerk } = walker.cast;
  const first = await slipOf(acting);
  const { handedOverAt } = await it.hands.view(clerk, id);
  expect(handedOverAt).toBe(first?.uploadedAt);

  const caller = await it.hands.as(clerk);
  await caller.cases.removePhoto({ id, photoId: first?.id ?? '' });
  await cases.prepare(acting, 'enter');
  await expect(cases.take(acting, 'enter')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [{ path: 'photo:tow-slip', message: '缺少拖车单照片' }],
  });

  it.clock.advance(3_600_000);
  await it.hands.photograph(clerk, id, 'tow-slip', crypto.randomUUID(), it.photo('tow-slip', walker.vehicle));
  expect((await slipOf(acting))?.uploadedAt).not.toBe(handedOverAt);
  await cases.take(acting, 'enter');
  expect((await it.hands.view(clerk, id)).handedOverAt).toBe(handedOverAt);
});
