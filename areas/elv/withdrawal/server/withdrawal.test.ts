import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import {
  anApplication,
  because,
  successor,
  type WithdrawalPeople,
  withdrawalPeople,
} from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 40_000);
  people = withdrawalPeople(it);
});
afterAll(() => it.close());

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('this was to be refused');
};
const codeOf = async (work: Promise<unknown>): Promise<string> => (await failureOf(work)).code;
const factsOf = (id: string) => factsOfCase(it.database.db, id);
const waiting = '撤销申请办理中，有结果之前不能办理其他步骤';

/** A withdrawal that was handed in. */
const handedIn = async ({ id }: ActingCase, kind: 'stop' | 'change-enterprise' = 'stop'): Promise<string> => {
  const application = await anApplication(people, id, kind);
  await people.step('clerk1', application, 'submit');
  return application;
};

describe('R08: applying', () => {
  test('a case has one withdrawal at a time, however often and by whomever the button is pressed at once', async () => {
    const { id } = await cases.at('admitted');
    const ids = await Promise.all(['clerk1', 'clerk1b', 'clerk1', 'clerk1b'].map((who) => people.open(who, id)));
    expect(new Set(ids).size).toBe(1);
    await people.step('clerk1', ids[0] ?? '', 'abandon');
    expect(await people.open('clerk1', id)).not.toBe(ids[0]);
  });

  test('what is missing is told all at once, each with its place; a change of the enterprise needs the owner’s consent', async () => {
    const { id } = await cases.at('admitted');
    const application = await people.open('clerk1', id);
    const missingOf = async (): Promise<readonly string[]> =>
      (await people.view('clerk1', application)).abilities
        .find(({ action }) => action === 'submit')
        ?.missing.map(({ path }) => path) ?? [];
    expect(await missingOf()).toEqual(['application.kind', 'application.cause', 'application.reason']);
    const values = { kind: 'change-enterprise', cause: 'owner-chose-other', reason: '车主改选其他企业' };
    await people.fill('clerk1', application, values);
    expect(await missingOf()).toEqual(['application.successorId', 'photo:owner-consent']);
    await people.attach('clerk1', application, 'owner-consent', randomUUID(), aJpeg());
    for (const nobody of ['yard-1', 'nowhere']) {
      await people.fill('clerk1', application, { successorId: nobody });
      const refused = await failureOf(people.step('clerk1', application, 'submit'));
      expect(refused.problems).toEqual([
        { path: 'application.successorId', message: '请从列表中选择另一家回收拆解企业' },
      ]);
    }
    expect((await factsOf(id)).holds).toBe('');
  });

  test.each([
    ['intake', '还没有提交受理'],
    ['dismantleReview', '案卷现处于“商委拆解审核”，不能申请撤销'],
    ['closed', '案卷现处于“办结”，不能申请撤销'],
  ] as const)('R09: a case in %s cannot be withdrawn, and it is said why', async (state, words) => {
    const { id } = await cases.at(state);
    const refused = await failureOf(people.open('clerk1', id));
    expect(refused).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(refused.problems.map(({ message }) => message).join()).toContain(words);
  });

  test('R09: nothing can be withdrawn once anything is dismantled: one photograph is enough', async () => {
    const { id, walker } = await cases.at('dismantling');
    const application = await anApplication(people, id, 'stop');
    await it.hands.photograph('clerk1', id, 'engine', randomUUID(), walker.photo('engine', walker.vehicle));
    const refused = await failureOf(people.step('clerk1', application, 'submit'));
    expect(refused.problems).toEqual([{ path: '', message: '车辆已开始拆解（已登记拆解信息或照片），不能撤销' }]);
    const { apply } = await (await people.as('clerk1')).withdrawals.ofCase({ id });
    expect(apply).toBeNull();
    await people.step('clerk1', application, 'abandon');
    const again = await (await people.as('clerk1')).withdrawals.ofCase({ id });
    expect(again.apply?.missing).toEqual([expect.stringContaining('已开始拆解')]);
  });

  test('what two people write at once is told apart, and nothing is lost', async () => {
    const { id } = await cases.at('admitted');
    const application = await people.open('clerk1', id);
    const { withdrawals } = await people.as('clerk1');
    const save = (now: string) =>
      withdrawals.saveApplication({ id: application, changes: { reason: { was: null, now } } });
    await save('车主改变了主意');
    expect(await failureOf(save('车主不再报废了'))).toMatchObject({
      code: 'CONFLICT',
      detail: { current: { reason: '车主改变了主意' } },
    });
  });
});

describe('R08, R09: while a withdrawal is open', () => {
  test('the case takes no other step and no other writing, and says why beside every action', async () => {
    const acting = await cases.at('admitted');
    const { id, walker } = acting;
    await fill(walker, id, ['tow']);
    const application = await handedIn(acting);
    const view = await it.hands.view('clerk1', id);
    expect(view.holds).toEqual([{ code: 'withdrawal', title: waiting }]);
    expect(view.sections.every(({ editable }) => !editable)).toBe(true);
    expect(view.abilities.map(({ ready }) => ready)).not.toContain(true);
    expect(view.abilities.flatMap(({ missing }) => missing.map(({ message }) => message))).toContain(
      `案卷现在不能办理：${waiting}`,
    );
    expect(await codeOf(cases.take(acting, 'handOver'))).toBe('REFUSED');
    expect(await codeOf(it.hands.save('clerk1', id, 'tow', {}, { towSlipNo: 'TC1' }))).toBe('NOT_EDITABLE');
    const photo = it.hands.photograph('clerk1', id, 'tow-slip', randomUUID(), aJpeg());
    expect(await codeOf(photo)).toBe('NOT_EDITABLE');
    await people.step('clerk1', application, 'recall');
    expect((await it.hands.view('clerk1', id)).holds).toEqual([]);
    await cases.take(acting, 'handOver');
  });

  test('a case that waits for the police goes on by itself once the withdrawal is refused', async () => {
    const acting = await cases.at('comparing');
    const application = await handedIn(acting);
    await it.settle();
    expect((await factsOf(acting.id)).state).toBe('comparing');
    await people.step('review1', application, 'refuseInternal', because);
    await it.settle();
    expect((await factsOf(acting.id)).state).toBe('confirming');
  });

  test('of a withdrawal and a dismantling at the same moment one wins, and the case is never both', async () => {
    for (const round of [1, 2, 3]) {
      const acting = await cases.at('dismantling');
      const { id } = acting;
      const application = await anApplication(people, id, 'stop');
      // Filled in after the application was begun, as it happens when two people do not speak with each other.
      const filling = cases.prepare(acting, 'submitDismantling');
      const submitting = people.step('clerk1b', application, 'submit');
      const [, withdrawn] = await Promise.allSettled([filling, submitting]);
      const [dismantled] = await Promise.allSettled([cases.take(acting, 'submitDismantling')]);
      const { state, holds } = await factsOf(id);
      const held = withdrawn?.status === 'fulfilled';
      expect([round, dismantled?.status, state, holds]).toEqual(
        held ? [round, 'rejected', 'dismantling', 'withdrawal'] : [round, 'fulfilled', 'dismantleReview', ''],
      );
      expect(it.failures).toEqual([]);
    }
  });

  test('a step of the case that was looked at before the withdrawal came is told what came', async () => {
    const acting = await cases.at('confirming');
    const version = await it.hands.version('commission1', acting.id);
    await handedIn(acting);
    const late = await failureOf(it.hands.step('commission1', acting.id, 'confirm', version, randomUUID(), {}));
    expect(late).toMatchObject({
      code: 'STALE',
      detail: { meanwhile: [{ action: 'holdForWithdrawal', actorName: '撤销申请' }] },
    });
  });

  test('a withdrawn case takes no step any more, nor does an ended withdrawal', async () => {
    const acting = await cases.at('deskReview', { kind: 'D' });
    const application = await handedIn(acting);
    await people.step('review1', application, 'passInternal');
    expect(await codeOf(cases.take(acting, 'passDesk'))).toBe('REFUSED');
    expect(await codeOf(people.open('clerk1', acting.id))).toBe('NOT_POSSIBLE');
    expect(await codeOf(people.step('clerk1', application, 'recall'))).toBe('REFUSED');
    const view = await it.hands.view('clerk1', acting.id);
    expect(view).toMatchObject({ stateTitle: '已撤销', abilities: [] });
    expect(view.returnReason).toContain('撤销申请 CX');
  });
});

describe('R08: the new enterprise takes the vehicle over', () => {
  const takenOver = async (): Promise<{ acting: ActingCase; application: string; caseId: string }> => {
    const acting = await cases.at('admitted');
    const application = await handedIn(acting, 'change-enterprise');
    await people.step('review1', application, 'passInternal');
    await people.step('commission1', application, 'grant');
    const caller = await people.as(successor.clerk);
    const { version } = await caller.withdrawals.pulse({ id: application });
    const click = { id: application, version, key: randomUUID(), input: {} };
    const [one, two] = await Promise.all([caller.steps.takeOver(click), caller.steps.takeOver(click)]);
    expect(one.successorCaseId).not.toBeNull();
    expect(two.successorCaseId).toBe(one.successorCaseId);
    return { acting, application, caseId: one.successorCaseId ?? '' };
  };

  test('with papers, owner, agent and photographs, nothing entered again, and goes on to hand it in', async () => {
    const { acting, application, caseId } = await takenOver();
    const [before, after] = [await it.hands.view('clerk1', acting.id), await it.hands.view(successor.clerk, caseId)];
    const valuesOf = (view: typeof before) =>
      Object.fromEntries(
        view.sections
          .filter(({ id }) => ['papers', 'owner', 'agent'].includes(id))
          .map(({ id, values }) => [id, values]),
      );
    expect(valuesOf(after)).toEqual(valuesOf(before));
    const shotOf = ({ photos }: typeof before) =>
      photos
        .filter(({ section }) => ['papers', 'owner', 'agent'].includes(section))
        .map(({ part, sm3, uploadedAt, operatorName }) => ({ part, sm3, uploadedAt, operatorName }));
    expect(shotOf(after)).toEqual(shotOf(before));
    expect(after).toMatchObject({ state: 'intake', round: 1, enterpriseName: expect.stringContaining('闵行') });
    const [photo] = after.photos;
    const headers = { cookie: (await people.as(successor.clerk)).cookie };
    const picture = await fetch(`${it.url}/api/elv/vehicle-cases/${caseId}/photos/${photo?.id}/content`, { headers });
    expect(picture.status).toBe(200);

    const ofOld = await (await people.as('clerk1')).withdrawals.ofCase({ id: acting.id });
    expect(ofOld.current).toMatchObject({ state: 'handedOn', successorCase: { id: null, caseNo: after.caseNo } });
    const ofNew = await (await people.as(successor.clerk)).withdrawals.ofCase({ id: caseId });
    expect(ofNew.carriedFrom).toMatchObject({ withdrawalId: application, caseNo: before.caseNo });
    const judge = await (await people.as('commission1')).withdrawals.ofCase({ id: acting.id });
    expect(judge.current?.successorCase?.id).toBe(caseId);

    await it.settle();
    const walker = { ...acting.walker, cast: { ...acting.walker.cast, clerk: successor.clerk } };
    await cases.take({ id: caseId, walker }, 'submit');
    await it.settle();
    expect((await factsOf(caseId)).state).toBe('confirming');
    expect(it.failures).toEqual([]);
  });

  test('the vehicle is free in between: whoever hands it in first has it, and the other is told who', async () => {
    const { acting, caseId } = await takenOver();
    await it.settle();
    const other = { ...acting.walker, cast: { ...acting.walker.cast, clerk: 'clerk3' } };
    const opened = await it.hands.open('clerk3', randomUUID(), true);
    await fill(other, opened.id, ['papers', 'owner', 'agent']);
    await it.settle();
    await cases.take({ id: opened.id, walker: other }, 'submit');
    const walker = { ...acting.walker, cast: { ...acting.walker.cast, clerk: successor.clerk } };
    const late = await failureOf(cases.take({ id: caseId, walker }, 'submit'));
    expect(late.problems).toEqual([{ path: 'papers.vin', message: expect.stringContaining('嘉定') }]);
  });

  test('or does not: the case stays withdrawn, and the reason is told', async () => {
    const acting = await cases.at('deskReview', { kind: 'D' });
    const application = await handedIn(acting, 'change-enterprise');
    await people.step('review1', application, 'passInternal');
    expect(await people.step(successor.clerk, application, 'decline', because)).toBe('declined');
    expect((await factsOf(acting.id)).state).toBe('withdrawn');
    expect(await people.view('clerk1', application)).toMatchObject({ refusalReason: because.reason });
  });
});

test('R08, R09: lists find by plate, state and kind, tell what waits for whom, and keep to the asker’s rows', async () => {
  const acting = await cases.at('admitted');
  const application = await handedIn(acting);
  const { plateNo } = acting.walker.vehicle.papers;
  const { withdrawals } = await people.as('review1');
  const found = await withdrawals.list({ q: plateNo, state: ['internalReview'], kind: 'stop', mine: 'true' });
  expect(found).toMatchObject({ total: 1, rows: [{ id: application, actions: ['内部审核通过', '内部审核不通过'] }] });
  expect((await withdrawals.summary({})).mine.map(({ state }) => state)).toContain('internalReview');
  const judge = (await people.as('commission1')).withdrawals;
  expect(await judge.list({ q: plateNo, mine: 'true' })).toMatchObject({ total: 0 });
  expect(await judge.list({ q: plateNo })).toMatchObject({ total: 1 });
  it.clock.advance(20 * 86_400_000);
  expect((await judge.list({ q: plateNo, overdue: 'true' })).rows).toMatchObject([{ id: application, overdue: true }]);
});

test('R45: searching the list of withdrawals leaves a fact, without the name of a person; looking at all of it leaves none', async () => {
  const { withdrawals } = await people.as('commission2');
  await withdrawals.list({});
  await withdrawals.list({ q: '张三演示' });
  await withdrawals.list({ q: 'CX2020010100001' });
  await it.product.facts.settle();
  const { rows } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'elv.withdrawal.list' and actor_id = 'demo-commission2' order by at, seq
  `.execute(it.database.db);
  expect(rows.map(({ detail }) => JSON.parse(detail))).toEqual([
    { search: 'name', found: 0 },
    { search: 'number', text: 'CX2020010100001', found: 0 },
  ]);
});
