import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JournalEntry } from '#apps/simulators/journal.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { type CaseFacts, type ExpectedStep, expectSteps, factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { demoSubject } from '../demo/accounts.ts';

// Real here: PostgreSQL, engine, our door and the simulated police over HTTP, both ends' signatures. Made up: the clock.
// What the door alone makes of a decision is proved in connectors/police/supervised-decision.test.ts.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 4_000);
});
beforeEach(async () => {
  await decideAfter(0);
  // The national system takes nothing in meanwhile: what follows from a decision is another matter.
  const fault = { kind: 'throttled', retryAfterSeconds: 60 } as const;
  await it.outside.script({ system: 'national-circulation', exchange: 'submit-scrap-case', fault });
});
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  expect(it.failures).toEqual([]);
});
afterAll(() => it.close());

const never = 80_000_000;
const decideAfter = (decisionDelayMs: number): Promise<unknown> =>
  it.outside.desk('PUT', '/settings', { decisionDelayMs });
const supervised = (): Promise<ActingCase> => cases.at('policeReview', { kind: 'T' });
const factsOf = ({ id }: ActingCase): Promise<CaseFacts> => factsOfCase(it.database.db, id);
const viewOf = ({ id, walker }: ActingCase) => it.hands.view(walker.cast.commission, id);
const passed: ExpectedStep = { action: 'passSupervised', to: 'reporting' };
const resent: ExpectedStep = { action: 'resendSupervised', to: 'policeReview' };

type CallbackFault = Parameters<TestProduct['outside']['script']>[0]['fault'];
const strike = (fault: CallbackFault, key: string): Promise<void> =>
  it.outside.script({ system: 'police', exchange: 'supervised-decision', key, fault, times: 1 });

/** What the police noted of telling us a decision. */
const tellings = async (key: string): Promise<readonly string[]> => {
  const { journal } = (await it.outside.desk('GET', '/state')) as { readonly journal: readonly JournalEntry[] };
  return journal.flatMap((entry) =>
    entry.exchange === 'supervised-decision' && entry.key === key ? [entry.outcome] : [],
  );
};
const received = async (acting: ActingCase): Promise<readonly string[]> =>
  (await viewOf(acting)).exchanges.filter(({ direction }) => direction === 'in').map(({ status }) => status);

const isSomebodyWaiting = async (): Promise<boolean> => {
  const { rows } =
    await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      it.database.ownerDb,
    );
  return rows.length > 0;
};

describe('R04, R60: the police decision on a supervised dismantling', () => {
  test('late, it is waited for and then taken', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await strike({ kind: 'late', ms: 500 }, before.caseNo);
    await it.settle();
    expect(await viewOf(acting)).toMatchObject({ state: 'policeReview', waitingFor: expect.stringContaining('公安') });
    await waitUntil(async () => (await tellings(`${before.caseNo}-1`)).includes('taken'));
    await expectSteps(it.database.db, it.crypto, before, [passed]);
  });

  test('told twice, it is taken once and both tellings get the same answer', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await strike({ kind: 'twice' }, before.caseNo);
    await it.settle();
    await waitUntil(async () => (await tellings(`${before.caseNo}-1`)).filter((one) => one === 'taken').length === 2);
    await expectSteps(it.database.db, it.crypto, before, [passed]);
    expect(await received(acting)).toEqual(['answered']);
  });

  test('overtaking the acknowledgement of what it decides, it is taken', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await strike({ kind: 'out-of-order' }, before.caseNo);
    await it.settle();
    await expectSteps(it.database.db, it.crypto, before, [passed]);
    const submission = (await viewOf(acting)).exchanges.find(({ title }) => title === '监销车辆拆解信息报送');
    expect(submission?.status).toBe('answered');
  });

  test.each(['schema', 'json', 'signature'] as const)(
    'garbled (%s), it is not let in; told rightly, it is taken',
    async (how) => {
      const acting = await supervised();
      const before = await factsOf(acting);
      await strike({ kind: 'garbled', how }, before.caseNo);
      await it.settle();
      await waitUntil(async () => (await tellings(`${before.caseNo}-1`)).includes('taken'));
      expect((await tellings(`${before.caseNo}-1`))[0]).toBe('again');
      await expectSteps(it.database.db, it.crypto, before, [passed]);
      expect(await received(acting)).toEqual(['answered']);
    },
  );

  test('lost, the case waits to be seen until the commission has it decided anew', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await strike({ kind: 'never' }, before.caseNo);
    await it.settle();
    await waitUntil(async () => (await tellings(`${before.caseNo}-1`)).includes('lost'));
    const view = await viewOf(acting);
    expect(view).toMatchObject({ state: 'policeReview', waitingFor: expect.stringContaining('公安') });
    expect(view.abilities.find(({ action }) => action === 'resendSupervised')?.ready).toBe(true);
    await cases.take(acting, 'resendSupervised');
    await it.settle();
    await waitUntil(async () => (await tellings(`${before.caseNo}-2`)).includes('taken'));
    await expectSteps(it.database.db, it.crypto, before, [resent, passed]);
  });

  test('of a round that is over, told after the next one was decided, it changes nothing', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await strike({ kind: 'late', ms: 1_500 }, `${before.caseNo}-1`);
    await it.outside.desk('POST', '/decisions', { caseNo: before.caseNo, decision: 'rejected' });
    await it.settle();
    await cases.take(acting, 'resendSupervised');
    await it.settle();
    await waitUntil(async () => (await tellings(`${before.caseNo}-2`)).includes('taken'));
    await waitUntil(async () => (await tellings(`${before.caseNo}-1`)).includes('outdated'));
    await expectSteps(it.database.db, it.crypto, before, [resent, passed]);
    expect((await received(acting)).toSorted()).toEqual(['answered', 'refused']);
  });

  test('a submission of a round that is over, refused late, does not send the present round back', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await decideAfter(never);
    const submission = {
      system: 'police',
      exchange: 'submit-supervised-dismantling',
      key: `${before.caseNo}-1`,
    } as const;
    await it.outside.script({ ...submission, fault: { kind: 'down' } });
    await it.settle();
    await cases.take(acting, 'resendSupervised');
    await it.settle();
    await it.outside.desk('DELETE', '/faults');
    await it.outside.script({ ...submission, fault: { kind: 'refuse', code: '4220', message: '材料不符' } });
    await it.settle();
    const after = await expectSteps(it.database.db, it.crypto, before, [resent]);
    expect(after.sent.slice(-2).map(({ status }) => status)).toEqual(['refused', 'answered']);
  });

  test('of the round that is being resent at this very moment, it does not decide the new round', async () => {
    const acting = await supervised();
    const before = await factsOf(acting);
    await decideAfter(never);
    await it.settle();
    const decide = it.product.elv.inbound['police.supervised-decision'];
    if (!decide) throw new Error('nobody hears the police');
    const request = { caseNo: before.caseNo, round: 1, decision: 'approved', opinion: null, decidedAt: '2026-11-23' };
    const telling = () =>
      inTransaction(it.database.db, (tx) => decide(tx, { key: `${before.caseNo}-1`, request, traceId: 'told' }));
    let told: ReturnType<typeof telling> | undefined;
    await inTransaction(it.database.db, async (tx) => {
      const { id, name, organisationId, organisationName } = demoSubject('commission1');
      await it.product.elv.desk.engine.performIn(tx, {
        caseId: acting.id,
        action: 'resendSupervised',
        input: { reason: '结果在途中丢失' },
        expectedVersion: undefined,
        stepKey: 'resent',
        actor: { id, name, organisationId, organisationName, ip: '' },
        traceId: 'resent',
        mayAct: () => true,
      });
      told = telling();
      await waitUntil(() => isSomebodyWaiting());
    });
    expect(await told).toMatchObject({ outcome: 'refused', code: '4221' });
    await expectSteps(it.database.db, it.crypto, before, [resent]);
  });
});
