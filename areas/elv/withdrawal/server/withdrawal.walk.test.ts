import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { type Edge, edgesOf } from '#kernel/lifecycle/lint.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  anApplication,
  aReportedCase,
  because,
  successor,
  type WithdrawalPeople,
  withdrawalPeople,
} from '#testkit/withdrawal-hands.ts';
import { type WithdrawalAction, type WithdrawalState, withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { PeopleAction } from '../model/withdrawal.steps.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

const lifecycle = widened(withdrawal);

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;
const performed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 30_000);
  people = withdrawalPeople(it);
});
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
});
afterAll(() => it.close());

// The casts hold because the edges are made of the definition's own names.
const edges = edgesOf(lifecycle) as readonly (Edge & {
  readonly from: WithdrawalState;
  readonly action: WithdrawalAction;
  readonly to: WithdrawalState;
})[];
type AnyEdge = (typeof edges)[number];
const nameOf = ({ from, action, to }: Edge): string => `${from} --${action}--> ${to}`;

const whoFor = (action: WithdrawalAction): string =>
  ({
    dismantler: 'clerk1',
    internalReviewer: 'review1',
    commission: 'commission1',
    successor: successor.clerk,
    national: '',
  })[withdrawal.actions[action].by];

const refuseNext = (): Promise<void> =>
  it.outside.script({
    system: 'national-circulation',
    exchange: 'withdraw-scrap-case',
    times: 1,
    fault: { kind: 'refuse', code: '4221', message: '登记单正在复核，暂不能撤销' },
  });

const nationally = (edge: AnyEdge): boolean =>
  [edge.from, edge.to].some((state) => state === 'withdrawingNationally' || state === 'nationalRefused');
const byCommission = (edge: AnyEdge): boolean => nationally(edge) || [edge.from, edge.to].includes('commissionReview');

const change = ({ from, to }: AnyEdge): 'stop' | 'change-enterprise' =>
  from === 'awaitingTakeOver' || to === 'awaitingTakeOver' ? 'change-enterprise' : 'stop';

/** A withdrawal at the beginning of an edge. */
const begin = async (edge: AnyEdge): Promise<{ readonly id: string; readonly caseId: string }> => {
  const acting = nationally(edge)
    ? await aReportedCase(it, cases)
    : await cases.at(byCommission(edge) ? 'admitted' : 'deskReview', byCommission(edge) ? {} : { kind: 'D' });
  const id = await anApplication(people, acting.id, change(edge));
  const walked: { id: string; caseId: string } = { id, caseId: acting.id };
  if (edge.from === 'drafting') return walked;
  await people.step('clerk1', id, 'submit');
  if (edge.from === 'internalReview') return walked;
  await people.step('review1', id, 'passInternal');
  if (edge.from === 'commissionReview' || edge.from === 'awaitingTakeOver') return walked;
  await people.step('commission1', id, 'grant');
  if (edge.from === 'withdrawingNationally') return walked;
  await refuseNext();
  await it.settle();
  return walked;
};

const bringAbout = async ({ action }: AnyEdge, id: string): Promise<void> => {
  if (action === 'confirmNational') return it.settle();
  if (action === 'refuseNational') {
    await refuseNext();
    return it.settle();
  }
  const who = whoFor(action);
  const offered = (await people.view(who, id)).abilities.find((one) => one.action === action);
  expect(offered?.missing).toEqual([]);
  await people.step(who, id, action as PeopleAction, offered?.input === 'reason' ? because : {});
};

const expectSound = async (id: string, edge: AnyEdge): Promise<void> => {
  const { db } = it.database;
  const steps = await listSteps(db, lifecycle.id, id);
  const last = steps.at(-1);
  expect(last).toMatchObject({ action: edge.action, fromState: edge.from, toState: edge.to });
  expect(stepsIntact(lifecycle.id, id, steps)).toBe(true);
  const signed = lifecycle.actions[edge.action]?.signed === true;
  expect(last?.publicKey !== null && last?.signature !== null).toBe(signed);
  if (signed)
    expect(await it.crypto.verify(last?.publicKey ?? '', Buffer.from(last?.digest ?? ''), last?.signature ?? '')).toBe(
      true,
    );
  expect(await verifyChain(db, `${lifecycle.id}:${id}`)).toMatchObject({ intact: true });
};

/** What the withdrawal's state says of its case; told here apart from the definition. */
const expectCase = async (caseId: string, state: WithdrawalState, stood: string): Promise<void> => {
  const { db, ownerDb } = it.database;
  const facts = await factsOfCase(db, caseId);
  const claims = await sql`select 1 from elv.vehicle_claim where case_id = ${caseId}`.execute(ownerDb);
  const withdrawn = ['granted', 'awaitingTakeOver', 'handedOn', 'declined'].includes(state);
  const held = getState(lifecycle, state).kind !== 'final' && !withdrawn && state !== 'drafting';
  expect([facts.state, facts.holds, claims.rows.length]).toEqual(
    withdrawn ? ['withdrawn', '', 0] : [stood, held ? 'withdrawal' : '', 1],
  );
  if (!withdrawn) return;
  const last = facts.steps.at(-1);
  expect(last).toMatchObject({ action: 'withdraw', actorId: 'system:withdrawal' });
  expect(await it.crypto.verify(last?.publicKey ?? '', Buffer.from(last?.digest ?? ''), last?.signature ?? '')).toBe(
    true,
  );
};

describe('R08, R09: every edge of the lifecycle is performed, and the case follows', () => {
  test.each(edges.map((edge) => [nameOf(edge), edge] as const))('%s', async (name, edge) => {
    const { id, caseId } = await begin(edge);
    const stood = (await factsOfCase(it.database.db, caseId)).state;
    expect((await people.view('commission1', id)).state).toBe(edge.from);
    await bringAbout(edge, id);
    expect((await people.view('commission1', id)).state).toBe(edge.to);
    await expectSound(id, edge);
    await expectCase(caseId, edge.to, stood);
    expect(it.failures).toEqual([]);
    performed.add(name);
  });

  test('no edge of the definition was left out', () => {
    expect([...performed].sort()).toEqual(edges.map(nameOf).sort());
  });
});
