import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import { type CaseFactory, caseFactory, someReason } from '#testkit/case-factory.ts';
import { expectSound, expectSteps, factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { demoSubject, demoYards } from '../demo/accounts.ts';
import { fill, openFor } from '../demo/walk.ts';

// Real here: PostgreSQL, engine, web server, HTTP on sockets. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 8_000);
});
afterAll(() => it.close());

interface Outcome {
  readonly who: string;
  readonly done: boolean;
  readonly failure: Failure | undefined;
}

const outcomeOf = async (who: string, act: Promise<unknown>): Promise<Outcome> => {
  try {
    await act;
    return { who, done: true, failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { who, done: false, failure: error };
  }
};

const only = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (list.length !== 1 || one === undefined) throw new Error(`one was expected, not ${list.length}`);
  return one;
};

const factsOf = (id: string) => factsOfCase(it.database.db, id);

describe('two people act on one case at once', () => {
  const pairs = [
    { state: 'deskReview', kind: 'D', one: ['desk1', 'passDesk'], other: ['desk2', 'returnDesk'] },
    { state: 'deskReview', kind: 'D', one: ['desk1', 'refuse'], other: ['desk2', 'passDesk'] },
    { state: 'confirming', kind: 'A', one: ['commission1', 'confirm'], other: ['commission2', 'returnConfirm'] },
    { state: 'confirming', kind: 'A', one: ['commission1', 'confirm'], other: ['clerk1b', 'raiseSupervision'] },
    { state: 'intake', kind: 'A', one: ['clerk1', 'discard'], other: ['clerk1b', 'raiseSupervision'] },
  ] as const;

  test.each(pairs)(
    'R02: $one against $other: one wins, the other is told what was done and by whom',
    async ({ state, kind, one, other }) => {
      const acting = await cases.at(state, { kind });
      const { id } = acting;
      const before = await factsOf(id);
      const { version } = before;
      const outcomes = await Promise.all(
        [one, other].map(async ([who, action]) => {
          const caller = await it.hands.as(who);
          return outcomeOf(who, caller.step(action, { id, version, key: randomUUID(), input: { reason: someReason } }));
        }),
      );
      const winner = only(outcomes.filter(({ done }) => done));
      const loser = only(outcomes.filter(({ done }) => !done));
      const [, action] = winner.who === one[0] ? one : other;
      const after = await factsOf(id);
      await expectSteps(it.database.db, it.crypto, before, [{ action, to: after.state }]);
      expect(loser.failure).toMatchObject({ status: 409, code: 'STALE' });
      expect(loser.failure?.detail).toMatchObject({
        version: after.version,
        state: after.state,
        meanwhile: [{ action, actorName: demoSubject(winner.who).name, at: after.steps.at(-1)?.at.toISOString() }],
      });
    },
  );

  test('R02: the same click sent many times at once is one step, and every sending is told it was done', async () => {
    const { id } = await cases.at('confirming');
    const before = await factsOf(id);
    const key = randomUUID();
    const caller = await it.hands.as('commission1');
    const click = () => caller.step('confirm', { id, version: before.version, key, input: {} });
    const replies = await Promise.all([click(), click(), click(), click()]);
    expect(replies.map(({ state, version }) => [state, version])).toEqual(
      replies.map(() => ['admitted', before.version + 1]),
    );
    await expectSteps(it.database.db, it.crypto, before, [{ action: 'confirm', to: 'admitted' }]);
  });
});

describe('two people save the same section at once', () => {
  const saving = async (who: string, id: string, values: Readonly<Record<string, unknown>>) => {
    const changes = Object.fromEntries(Object.entries(values).map(([name, now]) => [name, { was: null, now }]));
    const caller = await it.hands.as(who);
    return outcomeOf(who, caller.cases.saveSection({ id, section: 'papers', changes }));
  };
  const papersOf = async (id: string) =>
    (await it.hands.view('clerk1', id)).sections.find((section) => section.id === 'papers')?.values;

  test('R01: different fields are merged, nothing typed is lost', async () => {
    const id = await openFor(cases.walker());
    const outcomes = await Promise.all([
      saving('clerk1', id, { brandModel: '示例牌甲' }),
      saving('clerk1b', id, { engineNo: 'TEST123456' }),
    ]);
    expect(outcomes.map(({ done }) => done)).toEqual([true, true]);
    expect(await papersOf(id)).toMatchObject({ brandModel: '示例牌甲', engineNo: 'TEST123456' });
    const facts = await factsOf(id);
    expect(facts.version).toBe(3);
    await expectSound(it.database.db, it.crypto, facts);
  });

  test('R01: of one field one value stands, and the other person is shown it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await openFor(cases.walker());
      const typed = { clerk1: '示例牌甲', clerk1b: '示例牌乙' };
      const outcomes = await Promise.all([
        saving('clerk1', id, { brandModel: typed.clerk1 }),
        saving('clerk1b', id, { brandModel: typed.clerk1b }),
      ]);
      const winner = only(outcomes.filter(({ done }) => done));
      const loser = only(outcomes.filter(({ done }) => !done));
      const stands = typed[winner.who === 'clerk1' ? 'clerk1' : 'clerk1b'];
      expect(await papersOf(id)).toMatchObject({ brandModel: stands });
      expect(loser.failure).toMatchObject({ status: 409, code: 'CONFLICT' });
      expect(loser.failure?.problems.map(({ path }) => path)).toEqual(['papers.brandModel']);
      expect(loser.failure?.detail).toMatchObject({ current: { brandModel: stands }, version: 2 });
    }
  });
});

test('R01: the same vehicle accepted by two yards at the same moment is one case; the other yard is told who has it and since when', async () => {
  for (let round = 0; round < 8; round += 1) {
    const first = cases.walker({ clerk: 'clerk1' });
    const second = { ...first, cast: { ...first.cast, clerk: 'clerk2' } };
    const rivals = await Promise.all(
      [first, second].map(async (walker) => {
        const id = await openFor(walker);
        await fill(walker, id, ['papers', 'owner', 'agent']);
        return { id, who: walker.cast.clerk };
      }),
    );
    await it.settle();
    const before = await Promise.all(rivals.map(({ id }) => factsOf(id)));
    const outcomes = await Promise.all(
      rivals.map(async ({ id, who }, index) => {
        const caller = await it.hands.as(who);
        const version = before[index]?.version ?? 0;
        return { id, ...(await outcomeOf(who, caller.step('submit', { id, version, key: randomUUID() }))) };
      }),
    );
    const winner = only(outcomes.filter(({ done }) => done));
    const loser = only(outcomes.filter(({ done }) => !done));
    const yard = demoYards[winner.who === 'clerk1' ? 0 : 1]?.name ?? '';
    const stepped = (await factsOf(winner.id)).steps.at(-1)?.at;
    expect(loser.failure).toMatchObject({ status: 422, code: 'REFUSED' });
    const told = loser.failure?.problems.find(({ path }) => path === 'papers.vin')?.message ?? '';
    expect(told).toContain(yard);
    // The day and minute in Shanghai, eight hours ahead.
    const since = new Date((stepped?.getTime() ?? 0) + 8 * 3_600_000).toISOString();
    expect(told).toContain(`${since.slice(0, 10)} ${since.slice(11, 16)}`);
    const lost = before.find(({ id }) => id === loser.id);
    if (lost) await expectSteps(it.database.db, it.crypto, lost, []);
  }
});
