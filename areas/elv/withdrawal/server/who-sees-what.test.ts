import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anApplication, because, type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 45_000);
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

/** A withdrawal that was handed in. */
const handedIn = async ({ id }: ActingCase, kind: 'stop' | 'change-enterprise' = 'stop'): Promise<string> => {
  const application = await anApplication(people, id, kind);
  await people.step('clerk1', application, 'submit');
  return application;
};

describe('R44: who may do what with whose', () => {
  test('a case and a withdrawal of another enterprise are not there', async () => {
    const acting = await cases.at('admitted');
    expect(await codeOf(people.open('clerk2', acting.id))).toBe('NOT_FOUND');
    const other = await people.as('clerk2');
    expect(await codeOf(other.withdrawals.ofCase({ id: acting.id }))).toBe('NOT_FOUND');
    const application = await handedIn(acting, 'change-enterprise');
    // Chosen, but not yet free: the new enterprise hears of it when there is something to take over.
    for (const who of ['clerk2', 'clerk3', 'review2']) {
      expect(await codeOf(people.view(who, application))).toBe('NOT_FOUND');
      expect((await (await people.as(who)).withdrawals.list({})).rows.map(({ id }) => id)).not.toContain(application);
    }
    expect(await codeOf(people.step('review1', application, 'grant'))).toBe('NOT_PERMITTED');
    await people.step('review1', application, 'passInternal');
    await people.step('commission1', application, 'grant');
    expect((await people.view('clerk2', application)).abilities.map(({ action }) => action)).toEqual([
      'takeOver',
      'decline',
    ]);
    expect(await codeOf(people.view('clerk3', application))).toBe('NOT_FOUND');
    const { version } = await (await people.as('clerk2')).withdrawals.pulse({ id: application });
    const stranger = (await people.as('clerk3')).steps.takeOver({
      id: application,
      version,
      key: randomUUID(),
      input: {},
    });
    expect(await codeOf(stranger)).toBe('NOT_FOUND');
  });

  test('nobody without the permission gets anywhere, and papers are shown to whom they may be shown', async () => {
    const acting = await cases.at('admitted');
    const application = await handedIn(acting, 'change-enterprise');
    for (const who of ['desk1', 'observer1', 'yardadmin1'])
      expect(await codeOf(people.step(who, application, 'passInternal'))).toBe('NOT_PERMITTED');
    expect(await codeOf(people.open('commission1', acting.id))).toBe('NOT_PERMITTED');
    const [paper] = (await people.view('review1', application)).papers;
    const content = async (who: string): Promise<number> => {
      const headers = { cookie: (await people.as(who)).cookie };
      const reply = await fetch(`${it.url}/api/elv/withdrawals/${application}/papers/${paper?.id}/content`, {
        headers,
      });
      return reply.status;
    };
    expect(await Promise.all(['review1', 'commission1', 'observer1', 'clerk2'].map(content))).toEqual([
      200, 200, 403, 404,
    ]);
  });

  test('whoever hands in an application does not review it, even with both roles', async () => {
    const acting = await cases.at('deskReview', { kind: 'D' });
    const application = await handedIn(acting);
    const seen = await people.view('review1', application);
    expect(seen.abilities.map(({ action, ready }) => [action, ready])).toEqual([
      ['passInternal', true],
      ['refuseInternal', true],
    ]);
    expect((await people.view('clerk1', application)).abilities.map(({ action }) => action)).toEqual(['recall']);
    await people.step('review1', application, 'refuseInternal', because);
    expect((await people.view('clerk1', application)).refusalReason).toBe(because.reason);
  });
});

test('R08: a case that has gone too far for a withdrawal offers none, without a word', async () => {
  const { id } = await cases.at('dismantleReview');
  const clerk = await people.as('clerk1');
  expect((await clerk.withdrawals.ofCase({ id })).apply).toBeNull();
});
