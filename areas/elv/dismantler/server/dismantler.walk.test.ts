import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillEntry, walkEntryTo } from '#apps/server/demo/registry-walk.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { type Edge, edgesOf } from '#kernel/lifecycle/lint.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import {
  type RegistryAction,
  type RegistryState,
  registryLifecycle,
} from '#practices/registry/model/registry.lifecycle.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { type RegistryPeople, registryPeople, yardWalker } from '#testkit/registry-hands.ts';
import { dismantlerRegistry } from '../model/dismantler.profile.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated data lake over HTTP, both ends' signatures. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

const lifecycle = widened(registryLifecycle(dismantlerRegistry));
const reason = { reason: '与现场核对不符，请更正后再报' };

let it: TestProduct;
let people: RegistryPeople;
const performed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  people = registryPeople(it);
});
afterEach(() => it.settle());
afterAll(() => it.close());

/** Each edge has the city's registry to itself: yards are five, edges are more. */
const forget = async (): Promise<void> => {
  await it.settle();
  for (const table of ['registry_file', 'registry_check', 'registry_entry'])
    await sql`delete from ${sql.table(`elv.${table}`)}`.execute(it.database.ownerDb);
};

// The casts hold because the edges are made of the definition's own names.
const edges = edgesOf(lifecycle) as readonly (Edge & {
  readonly from: RegistryState;
  readonly action: RegistryAction;
  readonly to: RegistryState;
})[];
const nameOf = ({ from, action, to }: Edge): string => `${from} --${action}--> ${to}`;

/** Whether the enterprise stands in the registry when the edge is taken: then a refusal leads back there. */
const stands = ({ action, to }: (typeof edges)[number]): boolean =>
  action === 'abandonChange' || (action.startsWith('refuse') && to === 'registered');

/** An entry at the beginning of an edge, with everything done that its step asks for. */
const begin = async (edge: (typeof edges)[number]): Promise<string> => {
  const walker = yardWalker(it, people, 1);
  if (edge.action === 'submitImported') {
    const id = await walkEntryTo(walker, 'drafting');
    await fillEntry(walker, id);
    // What an import makes and a reviewer returns; imports themselves are proved apart.
    await sql`update elv.registry_entry set origin = 'imported', record = replace(record, '"origin":"declared"', '"origin":"imported"') where id = ${id}`.execute(
      it.database.ownerDb,
    );
    return id;
  }
  if (!stands(edge)) {
    const id = await walkEntryTo(walker, edge.from);
    if (edge.from === 'drafting') await fillEntry(walker, id);
    await it.settle();
    return id;
  }
  const id = await walkEntryTo(walker, 'registered');
  await people.step('clerk1', id, 'beginChange');
  if (edge.from === 'drafting') return id;
  await people.step('clerk1', id, 'submit');
  await it.settle();
  if (edge.from === 'secondReview') await people.step('commission1', id, 'passFirst');
  return id;
};

const whoFor = (action: RegistryAction): string => {
  const by = lifecycle.actions[action]?.by;
  if (by === 'declarant') return 'clerk1';
  return by === 'secondReviewer' ? 'commission2' : 'commission1';
};

const expectSound = async (id: string, edge: (typeof edges)[number]): Promise<void> => {
  const { db } = it.database;
  const steps = await listSteps(db, lifecycle.id, id);
  expect(steps.at(-1)).toMatchObject({ action: edge.action, fromState: edge.from, toState: edge.to });
  expect(stepsIntact(lifecycle.id, id, steps)).toBe(true);
  const signed = lifecycle.actions[edge.action]?.signed === true;
  const { digest, publicKey, signature } = steps.at(-1) ?? {};
  expect(publicKey !== null && signature !== null).toBe(signed);
  if (signed) expect(await it.crypto.verify(publicKey ?? '', Buffer.from(digest ?? ''), signature ?? '')).toBe(true);
  expect(await verifyChain(db, `${lifecycle.id}:${id}`)).toMatchObject({ intact: true });
};

describe('R49: every edge of the lifecycle is performed', () => {
  test.each(edges.map((edge) => [nameOf(edge), edge] as const))('%s', async (name, edge) => {
    await forget();
    const id = await begin(edge);
    const who = whoFor(edge.action);
    const before = await people.view(who, id);
    expect(before.state).toBe(edge.from);
    const offered = before.abilities.find(({ action }) => action === edge.action);
    expect(offered?.missing).toEqual([]);
    const input = offered?.input === 'reason' ? reason : {};
    expect(await people.step(who, id, edge.action, input)).toBe(edge.to);
    await expectSound(id, edge);
    expect(it.failures).toEqual([]);
    performed.add(name);
  });

  test('no edge of the definition was left out', () => {
    expect([...performed].sort()).toEqual(edges.map(nameOf).sort());
  });
});

test('R49: the same click twice takes one step, and what came too late is told what was done meanwhile', async () => {
  await forget();
  const id = await walkEntryTo(yardWalker(it, people, 1), 'firstReview');
  await it.settle();
  const caller = await people.as('commission1');
  const { version } = await caller.entries.pulse({ id });
  const click = { id, version, key: randomUUID(), input: {} };
  const [one, two] = await Promise.all([caller.steps.passFirst(click), caller.steps.passFirst(click)]);
  expect([one.state, two.state]).toEqual(['secondReview', 'secondReview']);
  const late = (await people.as('commission2')).steps.returnFirst({ ...click, key: randomUUID(), input: reason });
  await expect(late).rejects.toMatchObject({
    code: 'STALE',
    detail: { meanwhile: [{ action: 'passFirst', actorName: '卫商演示' }] },
  });
});

test('R49: of two reviewers at once one wins, the other is told', async () => {
  await forget();
  const id = await walkEntryTo(yardWalker(it, people, 1), 'firstReview');
  await it.settle();
  const [one, two] = [await people.as('commission1'), await people.as('commission2')];
  const { version } = await one.entries.pulse({ id });
  const results = await Promise.allSettled([
    one.steps.passFirst({ id, version, key: randomUUID(), input: {} }),
    two.steps.refuseFirst({ id, version, key: randomUUID(), input: reason }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = results.find((result) => result.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'STALE' });
  expect((await listSteps(it.database.db, lifecycle.id, id)).length).toBe(2);
});

test('R49: whoever did the first review is not offered the second, and not let do it', async () => {
  await forget();
  const id = await walkEntryTo(yardWalker(it, people, 1), 'secondReview');
  const seen = await people.view('commission1', id);
  const pass = seen.abilities.find(({ action }) => action === 'passSecond');
  expect(pass).toMatchObject({ ready: false, missing: [{ message: expect.stringContaining('其他人员') }] });
  await expect(people.step('commission1', id, 'passSecond')).rejects.toMatchObject({ code: 'REFUSED' });
  expect(await people.step('commission2', id, 'passSecond')).toBe('registered');
});
