import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { agreeing, applyFor, fillIn } from '#apps/server/demo/citizen-walk.ts';
import { takeTurn, type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf } from '#kernel/lifecycle/lint.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
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

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated outside systems over HTTP, both ends' signatures. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let clerk1: OfferedCaller;
let clerk2: OfferedCaller;
const performed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  await it.settle();
  [clerk1, clerk2] = await Promise.all([clerkOf(it, 'clerk1'), clerkOf(it, 'clerk2')]);
});
afterEach(async () => {
  const { rows } = await sql<{ edge: string }>`
    select distinct from_state || ' --' || action || '--> ' || to_state as edge from kernel.step
    where case_type = ${citizenApplication.id}`.execute(it.database.db);
  for (const { edge } of rows) performed.add(edge);
});
afterAll(() => it.close());

/** A citizen who applies for others; a session lasts half an hour of the made-up clock. */
const agent = (): Promise<CitizenCaller> => citizenAs(it, 'osp-1003');
let made = 41_000;
const another = (enterpriseId = 'yard-1') => {
  made += 1;
  return applyingAsAgent(made, enterpriseId);
};
const anOffer = async (by: CitizenCaller, enterpriseId?: string) => applyFor(by, another(enterpriseId));
const take = async (clerk: OfferedCaller, id: string, action: 'accept' | 'decline', input = {}) => {
  const { version } = await clerk.offered.get({ id });
  it.clock.advance(1_000);
  return clerk.steps[action]({ id, version, key: randomUUID(), input });
};
const why = { reason: '场地已满，近期不能接收' };

describe('the chosen enterprise', () => {
  test('R62: what was filled in and photographed is in the case, which is handed in without typing anything of it again', async () => {
    const citizen = await agent();
    const applying = another();
    const { id, applicationNo } = await applyFor(citizen, applying);
    const offered = await clerk1.offered.get({ id });
    expect(offered.sections.find((one) => one.id === 'owner')?.lines).toContainEqual({
      title: '所有人名称',
      text: applying.vehicle.owner.name,
    });
    expect(offered.consents).toHaveLength(3);
    const { caseId } = await take(clerk1, id, 'accept');
    await it.settle();
    const view = await it.hands.view('clerk1', caseId ?? '');
    const { papers } = applying.vehicle;
    expect(view.sections.find((one) => one.id === 'papers')?.values).toMatchObject({
      plateNo: papers.plateNo,
      vin: papers.vin,
      brandModel: papers.brandModel,
    });
    expect(view.sections.find((one) => one.id === 'agent')?.values).toMatchObject({ hasAgent: true });
    expect(view.photos.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['licence-main', 'owner-id-front', 'agent-id-front', 'power-of-attorney']),
    );
    // The file is the same, and the clerk may look at it.
    const photo = view.photos.find(({ part }) => part === 'licence-main');
    expect((await it.hands.content('clerk1', caseId ?? '', photo?.id ?? '')).length).toBeGreaterThan(100);
    const later = await agent();
    expect(await later.view(id)).toMatchObject({ state: 'accepted', caseNo: view.caseNo, abilities: [] });
    expect(await stagesShown(it, applicationNo)).toEqual(['已提交', '受理']);
    const steps = await listSteps(it.database.db, citizenApplication.id, id);
    expect(stepsIntact(citizenApplication.id, id, steps)).toBe(true);
    expect(steps.map(({ action, signature }) => [action, signature !== null])).toEqual([
      ['submit', false],
      ['accept', true],
    ]);
  });

  test('R62: each public stage of the case is written back in its step, once, and stands with the case as other exchanges do', async () => {
    const citizen = await agent();
    const applying = another();
    const { id, applicationNo } = await applyFor(citizen, applying);
    const { caseId } = await take(clerk1, id, 'accept');
    await it.settle();
    const walker: Walker = {
      hands: it.hands,
      clock: it.clock,
      cast: { clerk: 'clerk1', desk: 'desk1', commission: 'commission1' },
      vehicle: applying.vehicle,
      registered: true,
      photo: it.photo,
    };
    await walkTo(walker, caseId ?? '', ['closed'], () => it.settle());
    expect(await stagesShown(it, applicationNo)).toEqual([
      '已提交',
      '受理',
      '审核',
      '进场',
      '拆解',
      '出证',
      '注销',
      '办结',
    ]);
    const { exchanges } = await it.hands.view('clerk1', caseId ?? '');
    const told = exchanges.filter(({ connectorTitle }) => connectorTitle === '一网通办');
    expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'answered'));
    const again = await citizenAs(it, 'osp-1003');
    const { progress } = await again.view(id);
    expect(progress.stages.at(-1)).toMatchObject({ title: '办结', status: 'done' });
  });

  test('R62: a case that nobody applied for tells the one-stop service nothing', async () => {
    const applying = another();
    const { id } = await (await it.hands.as('clerk1')).cases.open({ key: randomUUID(), registeredWithPolice: true });
    const walker: Walker = {
      hands: it.hands,
      clock: it.clock,
      cast: { clerk: 'clerk1', desk: 'desk1', commission: 'commission1' },
      vehicle: applying.vehicle,
      registered: true,
      photo: it.photo,
    };
    await takeTurn(walker, await it.hands.view('clerk1', id), () => it.settle());
    const { exchanges } = await it.hands.view('clerk1', id);
    expect(exchanges.filter(({ connectorTitle }) => connectorTitle === '一网通办')).toEqual([]);
  });

  test('R62: a stage that cannot be told is told later, under the same key; nothing waits for it', async () => {
    const citizen = await agent();
    await it.outside.script({ system: 'one-stop', exchange: 'report-stage', times: 1, fault: { kind: 'down' } });
    const { id, applicationNo } = await anOffer(citizen);
    await it.settle();
    const [waiting] = (await clerk1.offered.get({ id })).exchanges;
    expect(waiting).toMatchObject({ connectorTitle: '一网通办', status: 'retrying' });
    await take(clerk1, id, 'accept');
    expect(await stagesShown(it, applicationNo)).toEqual(['已提交', '受理']);
  });

  test('R62: an application that is not taken goes back with the reason, is none of that enterprise’s business any more, and goes to another', async () => {
    const citizen = await agent();
    const { id, applicationNo } = await anOffer(citizen);
    await expect(clerk2.offered.get({ id })).rejects.toMatchObject({ status: 404 });
    await take(clerk1, id, 'decline', why);
    await expect(clerk1.offered.get({ id })).rejects.toMatchObject({ status: 404 });
    const back = await citizen.view(id);
    expect(back).toMatchObject({ state: 'declined', declineReason: why.reason, enterprise: null, editable: true });
    const chosen = await citizen.save(id, { enterpriseId: 'yard-2' });
    it.clock.advance(1_000);
    const sent = await citizen.step(id, 'submit', chosen.version, agreeing(chosen));
    expect(sent).toMatchObject({ state: 'submitted', declineReason: null });
    expect(await titlesTold(it, clerk2.cookie, id)).toEqual(['有个人申请待接收']);
    await take(clerk2, id, 'accept');
    expect(await stagesShown(it, applicationNo)).toEqual(['已提交', '退回', '已提交', '受理']);
  });

  test('R62: an enterprise that lets its period pass is not waited for, and only then', async () => {
    const { id } = await anOffer(await agent());
    const { id: early } = await anOffer(await agent(), 'yard-2');
    await take(clerk2, early, 'decline', why);
    expect(await it.product.elv.citizenApplications.expire()).toBe(0);
    it.clock.advance(10 * 86_400_000);
    expect((await (await clerkOf(it, 'clerk1')).offered.summary({})).overdue).toBeGreaterThan(0);
    await it.product.elv.citizenApplications.expire();
    const citizen = await agent();
    const back = await citizen.view(id);
    expect(back).toMatchObject({ state: 'expired', editable: true });
    clerk1 = await clerkOf(it, 'clerk1');
    clerk2 = await clerkOf(it, 'clerk2');
    expect(await titlesTold(it, clerk1.cookie, id)).toContain('个人申请逾期未答复');
    const chosen = await citizen.save(id, { enterpriseId: 'yard-2' });
    await citizen.step(id, 'submit', chosen.version, agreeing(chosen));
    // Another that was not taken, and one that nobody answered, are taken back.
    const gone = await anOffer(citizen);
    await take(clerk1, gone.id, 'decline', why);
    await citizen.step(gone.id, 'recall', (await citizen.view(gone.id)).version, {});
    const late = await anOffer(citizen);
    it.clock.advance(10 * 86_400_000);
    await it.product.elv.citizenApplications.expire();
    const after = await agent();
    await after.step(late.id, 'recall', (await after.view(late.id)).version, {});
  });

  test('R62: taken back before it is taken, it is over, and the enterprise is told', async () => {
    const citizen = await agent();
    const offered = await anOffer(citizen);
    clerk1 = await clerkOf(it, 'clerk1');
    const seen = await clerk1.offered.get({ id: offered.id });
    it.clock.advance(1_000);
    const over = await citizen.step(offered.id, 'recall', offered.version, {});
    expect(over).toMatchObject({ state: 'recalled', abilities: [] });
    await expect(
      clerk1.steps.accept({ id: offered.id, version: seen.version, key: randomUUID(), input: {} }),
    ).rejects.toMatchObject({ status: 404 });
    expect(await titlesTold(it, clerk1.cookie, offered.id)).toContain('个人申请已撤回');
    expect(await stagesShown(it, offered.applicationNo)).toEqual(['已提交', '终止']);
  });
});

describe('an enterprise that may not accept vehicles', () => {
  const stand = async (status: string, suspendedUntil: string | null = null) => {
    await sql`delete from elv_qualification.standing where organisation_id = 'yard-3'`.execute(it.database.ownerDb);
    await sql`insert into elv_qualification.standing values
      ('yard-3', 'entry-3', 'Z-3', ${status}, '2030-01-01', ${suspendedUntil}, now())`.execute(it.database.ownerDb);
  };

  test.each([
    ['revoked', null],
    ['qualified', '2029-12-31'],
  ] as const)(
    'R13, R62: %s (%s): not in the list, not to be chosen, not to be handed in to, and it takes nothing',
    async (status, until) => {
      const citizen = await agent();
      await stand('qualified');
      const before = await anOffer(citizen, 'yard-3');
      const { id } = await citizen.open(randomUUID());
      const whole = await fillIn(citizen, id, another('yard-3'));
      await stand(status, until);
      const listed = (await citizen.citizen.enterprises({})).enterprises.map((one) => one.id);
      expect(listed).not.toContain('yard-3');
      expect(listed).toContain('yard-4');
      await expect(citizen.save(id, { enterpriseId: 'yard-3' })).rejects.toMatchObject({ code: 'NOT_QUALIFIED' });
      const refused = {
        code: 'REFUSED',
        problems: [{ path: 'enterprise', message: expect.stringContaining('另选一家') }],
      };
      await expect(citizen.step(id, 'submit', whole.version, agreeing(whole))).rejects.toMatchObject(refused);
      const clerk3 = await clerkOf(it, 'clerk3');
      await expect(take(clerk3, before.id, 'accept')).rejects.toMatchObject({ code: 'REFUSED' });
      expect((await clerk3.offered.get({ id: before.id })).state).toBe('submitted');
      // Not taking it is always possible.
      await take(clerk3, before.id, 'decline', why);
      await citizen.step(id, 'recall', (await citizen.view(id)).version, {});
    },
  );
});

describe('who sees what', () => {
  test('R44, R62: another citizen’s application is not there, whatever is tried upon it', async () => {
    const owner = await agent();
    const offered = await anOffer(owner);
    const photoId = offered.materials.flatMap(({ photos }) => photos)[0]?.id ?? '';
    const stranger = await citizenAs(it, 'osp-1002');
    const { id, version } = offered;
    const tries = [
      () => stranger.citizen.get({ id }),
      () => stranger.citizen.save({ id, as: 'owner' }),
      () => stranger.citizen.removePhoto({ id, photoId }),
      () => stranger.citizen.readPhoto({ id, photoId }),
      () => stranger.photograph(id, 'licence-main', it.photo('licence-main', another().vehicle)),
      () => stranger.step(id, 'submit', version, {}),
      () => stranger.step(id, 'recall', version, {}),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ status: 404 });
    const content = `${it.url}/api/elv/citizen/applications/${id}/photos/${photoId}/content`;
    expect((await fetch(content, { headers: { cookie: stranger.cookie } })).status).toBe(404);
    expect((await fetch(content, { headers: { cookie: owner.cookie } })).status).toBe(200);
    expect((await stranger.citizen.list({})).applications.map((one) => one.id)).not.toContain(id);
    expect((await owner.citizen.list({})).applications.map((one) => one.id)).toContain(id);
  });

  test('R62: the short message to the citizen says nothing of anybody, and goes to the phone that was given', async () => {
    const citizen = await agent();
    const { id, applicationNo } = await anOffer(citizen);
    clerk1 = await clerkOf(it, 'clerk1');
    await take(clerk1, id, 'decline', why);
    const { rows } = await sql<{ body: string; id: string }>`
      select id, body from kernel.outbox where connector = 'sms-gateway' and case_id = ${id}`.execute(it.database.db);
    expect(rows).toHaveLength(1);
    const [row] = rows;
    const text = Buffer.from(
      await it.product.crypto.open('exchange', row?.body ?? '', `kernel.outbox:${row?.id}:body`),
    ).toString('utf8');
    expect(JSON.parse(text)).toMatchObject({ phone: '13800000463', text: expect.stringContaining(applicationNo) });
    expect(JSON.parse(text).text).not.toMatch(/演示|沪[A-Z]/);
  });
});

test('R62: every edge of the lifecycle was walked', () => {
  const all = edgesOf(widened(citizenApplication)).map(({ from, action, to }) => `${from} --${action}--> ${to}`);
  expect(all.filter((edge) => !performed.has(edge))).toEqual([]);
});
