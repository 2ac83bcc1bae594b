import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill, openFor } from '#apps/server/demo/walk.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { findTrail } from './case-trail.store.ts';

// Real here: PostgreSQL, engine, web server, relay, simulators. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 960);
});
afterAll(() => it.close());

/** Another enterprise begins a draft of the same vehicle. */
const draftBeside = async ({ walker }: ActingCase): Promise<void> => {
  it.clock.advance(60_000);
  const other = { ...walker, cast: { ...walker.cast, clerk: 'clerk2' } };
  await fill(other, await openFor(other), ['papers']);
};
const trailOf = ({ walker: { vehicle } }: ActingCase) =>
  findTrail(it.database.db, vehicle.papers.plateNo, vehicle.papers.vin.slice(-6));

test('R14: of several cases of a vehicle the one it is accepted with is told, whatever drafts others begin', async () => {
  const admitted = await cases.at('admitted');
  await draftBeside(admitted);
  expect(await trailOf(admitted)).toMatchObject({ state: 'admitted' });
});

test('R14: also while it is sent back to be corrected', async () => {
  const returned = await cases.at('deskReview', { kind: 'D' });
  await cases.take(returned, 'returnDesk');
  await draftBeside(returned);
  const trail = await trailOf(returned);
  expect(trail?.steps.length).toBeGreaterThan(1);
});

test('R14: a case that has ended without scrapping comes before a draft, and a draft alone is told', async () => {
  const refused = await cases.at('deskReview', { kind: 'D' });
  await cases.take(refused, 'refuse');
  await draftBeside(refused);
  expect(await trailOf(refused)).toMatchObject({ state: 'refused' });

  const draft = await cases.at('intake');
  await cases.prepare(draft, 'submit');
  expect(await trailOf(draft)).toMatchObject({ state: 'intake' });
});
