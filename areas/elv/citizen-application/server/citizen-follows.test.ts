import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyFor } from '#apps/server/demo/citizen-walk.ts';
import { type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { applyingAsAgent, citizenAs, clerkOf, stagesShown, standingShown } from '#testkit/citizen-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anApplication, successor, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated outside systems over HTTP, both ends' signatures. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
});
afterAll(() => it.close());

test('R08, R62: a case that changes its enterprise is followed: phone, new enterprise and the stages written back go on with the new case', async () => {
  const applying = applyingAsAgent(43_001, 'yard-1');
  const citizen = await citizenAs(it, 'osp-1003');
  const { id, applicationNo } = await applyFor(citizen, applying);
  const clerk1 = await clerkOf(it, 'clerk1');
  const { version } = await clerk1.offered.get({ id });
  it.clock.advance(1_000);
  const { caseId } = await clerk1.steps.accept({ id, version, key: randomUUID(), input: {} });
  await it.settle();
  const walker: Walker = {
    hands: it.hands,
    clock: it.clock,
    cast: { clerk: 'clerk1', desk: 'desk1', commission: 'commission1' },
    vehicle: applying.vehicle,
    registered: true,
    photo: it.photo,
  };
  await walkTo(walker, caseId ?? '', ['admitted'], () => it.settle());
  const before = await stagesShown(it, applicationNo);

  const people = withdrawalPeople(it);
  const withdrawalId = await anApplication(people, caseId ?? '', 'change-enterprise');
  await people.step('clerk1', withdrawalId, 'submit');
  await people.step('review1', withdrawalId, 'passInternal');
  await people.step('commission1', withdrawalId, 'grant');
  expect(await people.step(successor.clerk, withdrawalId, 'takeOver')).toBe('handedOn');
  await it.settle();
  const { successorCase } = await people.view(successor.clerk, withdrawalId);
  const seen = await (await citizenAs(it, 'osp-1003')).view(id);
  expect(seen).toMatchObject({ state: 'accepted', caseNo: successorCase?.caseNo });
  expect(seen.enterprise?.id).toBe(successor.id);
  expect(seen.progress.stages.some(({ status }) => status === 'ended')).toBe(false);
  expect(await standingShown(it, applicationNo)).toBe('受理');

  // It is the new enterprise's to look at now.
  const clerk2 = await clerkOf(it, successor.clerk);
  expect((await clerk2.offered.get({ id })).state).toBe('accepted');
  await expect((await clerkOf(it, 'clerk1')).offered.get({ id })).rejects.toMatchObject({ status: 404 });

  const onward = { ...walker, cast: { ...walker.cast, clerk: successor.clerk } };
  await walkTo(onward, successorCase?.id ?? '', ['admitted'], () => it.settle());
  const after = await stagesShown(it, applicationNo);
  expect(after.slice(before.length)).toEqual(['终止', '受理', '审核', '进场']);
  expect(await standingShown(it, applicationNo)).toBe('进场');
});
