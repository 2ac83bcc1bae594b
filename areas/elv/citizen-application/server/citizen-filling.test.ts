import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { agreeFirst, agreeing, applyFor, fillIn } from '#apps/server/demo/citizen-walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import {
  applyingAsAgent,
  type CitizenCaller,
  citizenAs,
  clerkOf,
  type OfferedCaller,
  stagesShown,
} from '#testkit/citizen-hands.ts';
import { titlesTold } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated outside systems over HTTP. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let clerk1: OfferedCaller;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
  clerk1 = await clerkOf(it, 'clerk1');
});
afterAll(() => it.close());

/** A citizen who applies for others; a session lasts half an hour of the made-up clock. */
const agent = (): Promise<CitizenCaller> => citizenAs(it, 'osp-1003');
let made = 43_000;
const another = () => {
  made += 1;
  return applyingAsAgent(made, 'yard-1');
};

/** An application in which papers may be photographed. */
const begun = async (citizen: CitizenCaller) => {
  const view = await citizen.open(randomUUID());
  await agreeFirst(citizen, view);
  return view;
};

describe('filling in', () => {
  test('R62: a vehicle of one’s own is taken from the list, and nothing known is asked again', async () => {
    const citizen = await citizenAs(it, 'osp-1001');
    const { vehicles } = await citizen.citizen.vehicles({});
    expect(vehicles).toHaveLength(1);
    const view = await citizen.open(randomUUID(), vehicles[0]?.vin);
    expect(view).toMatchObject({ as: 'owner', editable: true, plateNo: vehicles[0]?.plateNo });
    expect(view.fields.map(({ path }) => path)).not.toContain('owner.ownerName');
    // What is missing is told all at once.
    expect(view.missing.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['papers.scrapReason', 'photo:licence-main', 'photo:owner-id-front', 'enterprise']),
    );
    await expect(citizen.open(randomUUID(), vehicles[0]?.vin)).rejects.toMatchObject({ code: 'ALREADY_APPLIED' });
    await expect(citizen.open(randomUUID(), another().vehicle.papers.vin)).rejects.toMatchObject({ code: 'NOT_YOURS' });
    await citizen.step(view.id, 'recall', view.version, {});
  });

  test('R62: while the one-stop service is silent the licence is photographed instead', async () => {
    const citizen = await citizenAs(it, 'osp-1001');
    await it.outside.script({ system: 'one-stop', exchange: 'list-vehicles', times: 2, fault: { kind: 'down' } });
    await expect(citizen.citizen.vehicles({})).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await expect(citizen.open(randomUUID(), 'LTESTA00XA0000001')).rejects.toMatchObject({ code: 'UNREACHABLE' });
    const { id, version } = await citizen.open(randomUUID());
    await citizen.step(id, 'recall', version, {});
    expect((await citizen.citizen.vehicles({})).vehicles).toHaveLength(1);
  });

  test('R62: who signed in cannot be typed over, as the owner or as the agent', async () => {
    const citizen = await agent();
    const { id } = await citizen.open(randomUUID());
    await citizen.save(id, { as: 'owner' });
    for (const path of ['owner.ownerName', 'owner.ownerIdentityNo', 'agent.agentName', 'papers.engineNo'])
      await expect(citizen.save(id, { values: { [path]: '李四演示' } })).rejects.toMatchObject({ code: 'BAD_VALUE' });
    await citizen.save(id, { as: 'agent' });
    await expect(citizen.save(id, { values: { 'agent.agentName': '李四演示' } })).rejects.toMatchObject({
      code: 'BAD_VALUE',
    });
    const view = await citizen.save(id, { values: { 'papers.plateNo': '沪A1' } });
    expect(view.fields.find(({ path }) => path === 'papers.plateNo')?.fault).toEqual(expect.any(String));
    await citizen.step(id, 'recall', view.version, {});
  });

  test('R62: a photographed licence fills what is empty, and says when the owner is somebody else', async () => {
    const citizen = await citizenAs(it, 'osp-1001');
    // Its drawn papers come with what the product's own OCR read of them.
    const vehicle = familyVehicle(familyVin(900_237)) as SimulatedVehicle;
    const { id } = await begun(citizen);
    const view = await citizen.photograph(id, 'licence-main', it.photo('licence-main', vehicle));
    const photoId = view.materials.find(({ part }) => part === 'licence-main')?.photos[0]?.id ?? '';
    await citizen.save(id, { values: { 'papers.brandModel': '我自己填的型号' } });
    const read = await citizen.citizen.readPhoto({ id, photoId });
    expect(read.read).toBeGreaterThan(3);
    expect(read.plateNo).toBe(vehicle.papers.plateNo);
    expect(read.brandModel).toBe('我自己填的型号');
    expect(read.otherOwner).toBe(vehicle.owner.name);
    // The same vehicle photographed for another application is told so, and nothing is lost.
    const other = await begun(citizen);
    const shot = await citizen.photograph(other.id, 'licence-main', it.photo('licence-main', vehicle));
    const again = shot.materials.find(({ part }) => part === 'licence-main')?.photos[0]?.id ?? '';
    const reading = citizen.citizen.readPhoto({ id: other.id, photoId: again });
    await expect(reading).rejects.toMatchObject({ code: 'ALREADY_APPLIED' });
    await citizen.step(other.id, 'recall', (await citizen.view(other.id)).version, {});
    await citizen.step(id, 'recall', read.version, {});
  });

  test('R62: every enterprise that may accept vehicles is there, in the order of the day, and none is chosen beforehand', async () => {
    const citizen = await agent();
    const first = await citizen.citizen.enterprises({});
    expect(first.enterprises.map(({ id }) => id).sort()).toEqual(
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => `yard-${n}`),
    );
    expect(await citizen.citizen.enterprises({})).toEqual(first);
    expect(first.order).toContain('没有推荐');
    const { id, enterprise, version } = await citizen.open(randomUUID());
    expect(enterprise).toBeNull();
    await expect(citizen.save(id, { enterpriseId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_QUALIFIED' });
    await citizen.step(id, 'recall', version, {});
  });

  test('R62: without agreement to each text nothing is handed in, and it is told which is missing', async () => {
    const citizen = await agent();
    const { id } = await citizen.open(randomUUID());
    const whole = await fillIn(citizen, id, another());
    expect(whole.missing).toEqual([]);
    const [given] = agreeing(whole).consents;
    const refusal = citizen.step(id, 'submit', whole.version, { consents: [given] });
    await expect(refusal).rejects.toMatchObject({ code: 'REFUSED', problems: [{}, {}] });
    const stale = { consents: agreeing(whole).consents.map((one) => ({ ...one, version: 99 })) };
    await expect(citizen.step(id, 'submit', whole.version, stale)).rejects.toMatchObject({ code: 'REFUSED' });
    await citizen.step(id, 'recall', whole.version, {});
  });
});

describe('a nervous thumb', () => {
  test('R62: beginning and handing in five times at once make one application, one step, one notice, and one answer', async () => {
    const citizen = await agent();
    const key = randomUUID();
    const opened = await Promise.all(Array.from({ length: 5 }, () => citizen.open(key)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const id = opened[0]?.id ?? '';
    const whole = await fillIn(citizen, id, another());
    const five = Array.from({ length: 5 }, () => citizen.step(id, 'submit', whole.version, agreeing(whole)));
    const answers = await Promise.all(five);
    for (const one of answers) expect(one).toEqual(answers[0]);
    expect(answers[0]?.state).toBe('submitted');
    const steps = await listSteps(it.database.db, citizenApplication.id, id);
    expect(steps.map(({ action }) => action)).toEqual(['submit']);
    expect(await titlesTold(it, clerk1.cookie, id)).toEqual(['有个人申请待接收']);
    expect(await stagesShown(it, answers[0]?.applicationNo ?? '')).toEqual(['已提交']);
  });

  test('R62: the same vehicle has one living application of a citizen', async () => {
    const citizen = await agent();
    const applying = another();
    await applyFor(citizen, applying);
    const { id } = await citizen.open(randomUUID());
    const again = citizen.save(id, { as: 'agent', values: { 'papers.vin': applying.vehicle.papers.vin } });
    await expect(again).rejects.toMatchObject({ code: 'ALREADY_APPLIED' });
    await citizen.step(id, 'recall', (await citizen.view(id)).version, {});
  });

  test('R62: five takings at once open one case', async () => {
    const { id } = await applyFor(await agent(), another());
    const { version } = await clerk1.offered.get({ id });
    const taking = Array.from({ length: 5 }, () =>
      clerk1.steps.accept({ id, version, key: randomUUID(), input: {} }).catch(({ code }: { code: string }) => code),
    );
    const outcomes = await Promise.all(taking);
    expect(outcomes.filter((one) => one === 'STALE')).toHaveLength(4);
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from elv.vehicle_case where open_key = ${`citizen-application:${id}`}`.execute(
      it.database.db,
    );
    expect(Number(rows[0]?.count)).toBe(1);
  });
});
