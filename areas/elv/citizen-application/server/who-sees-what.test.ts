import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyFor } from '#apps/server/demo/citizen-walk.ts';
import { applyingAsAgent, citizenAs, clerkOf } from '#testkit/citizen-hands.ts';
import { holdOnly } from '#testkit/people.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real here: PostgreSQL, web server, the simulated one-stop service. Made up: the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
});
afterAll(() => it.close());

const read = 'elv.citizen-application:read';

test('R44, R62: whoever sees personal values masked sees numbers masked, and no papers of a person', async () => {
  const applying = applyingAsAgent(45_001, 'yard-1');
  const { id, materials } = await applyFor(await citizenAs(it, 'osp-1003'), applying);
  await holdOnly(it, 'demo-clerk4', [{ permission: read, rows: 'all', personal: 'masked' }]);
  const masked = await clerkOf(it, 'clerk4');
  const view = await masked.offered.get({ id });
  const shown = JSON.stringify(view.sections);
  expect(shown).not.toContain(applying.vehicle.owner.identityNo);
  expect(shown).not.toContain(applying.vehicle.owner.phone);
  expect(shown).toContain(applying.vehicle.owner.identityNo.slice(-4));
  expect(view.photos.filter(({ viewable }) => viewable)).toEqual([]);
  expect(view.abilities).toEqual([]);
  const photoId = materials.flatMap(({ photos }) => photos)[0]?.id ?? '';
  const address = `${it.url}/api/elv/citizen-applications/${id}/photos/${photoId}/content`;
  const asked = await fetch(address, { headers: { cookie: masked.cookie } });
  expect([asked.status, ((await asked.json()) as { code: string }).code]).toEqual([403, 'MASKED']);
  const plain = await clerkOf(it, 'clerk1');
  expect((await fetch(address, { headers: { cookie: plain.cookie } })).status).toBe(200);
});

test('R62: until an enterprise has taken an application it sees no identity number, phone or identity card; in the case it sees them', async () => {
  const applying = applyingAsAgent(45_003, 'yard-1');
  const { owner } = applying.vehicle;
  const { id } = await applyFor(await citizenAs(it, 'osp-1003'), applying);
  const clerk1 = await clerkOf(it, 'clerk1');
  const before = await clerk1.offered.get({ id });
  const shown = JSON.stringify(before.sections);
  for (const secret of [owner.identityNo, owner.phone, '13800000463']) expect(shown).not.toContain(secret);
  expect(shown).toContain(owner.name);
  expect(shown).toContain(owner.identityNo.slice(-4));
  const hidden = before.photos.filter(({ viewable }) => !viewable);
  expect(hidden.map(({ part }) => part).sort()).toEqual([
    'agent-id-back',
    'agent-id-front',
    'owner-id-back',
    'owner-id-front',
  ]);
  const address = `${it.url}/api/elv/citizen-applications/${id}/photos/${hidden[0]?.id}/content`;
  const status = async () => (await fetch(address, { headers: { cookie: clerk1.cookie } })).status;
  expect(await status()).toBe(403);
  const { caseId } = await clerk1.steps.accept({ id, version: before.version, key: crypto.randomUUID(), input: {} });
  const after = await clerk1.offered.get({ id });
  expect(JSON.stringify(after.sections)).toContain(owner.identityNo);
  expect(after.photos.filter(({ viewable }) => !viewable)).toEqual([]);
  expect(await status()).toBe(200);
  await it.settle();
  const view = await it.hands.view('clerk1', caseId ?? '');
  expect(view.sections.find((one) => one.id === 'owner')?.values).toMatchObject({ ownerIdentityNo: owner.identityNo });
});

test('R44, R62: of what nobody has handed in, or another enterprise was chosen for, not even the number is told', async () => {
  const citizen = await citizenAs(it, 'osp-1003');
  const { id: draft, applicationNo } = await citizen.open(crypto.randomUUID());
  const { id: others } = await applyFor(citizen, applyingAsAgent(45_002, 'yard-2'));
  await holdOnly(it, 'demo-clerk4', [{ permission: read, rows: 'all', personal: 'plain' }]);
  const everywhere = await clerkOf(it, 'clerk4');
  await expect(everywhere.offered.get({ id: draft })).rejects.toMatchObject({ status: 404 });
  expect((await everywhere.offered.list({ q: applicationNo })).total).toBe(0);
  const clerk1 = await clerkOf(it, 'clerk1');
  await expect(clerk1.offered.get({ id: others })).rejects.toMatchObject({ status: 404 });
  const listed = (await clerk1.offered.list({})).rows.map(({ id }) => id);
  expect(listed).not.toContain(others);
  const clerk2 = await clerkOf(it, 'clerk2');
  expect((await clerk2.offered.list({ state: 'submitted' })).rows.map(({ id }) => id)).toContain(others);
});
