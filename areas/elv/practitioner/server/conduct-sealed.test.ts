import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { aBreach, type PractitionerPeople, practitionerPeople } from '#testkit/practitioner-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { conduct } from '../model/conduct.lifecycle.ts';

// Real here: PostgreSQL, engine, web server, signatures, seals. Made up: the clock.
let served: ServedProduct;
let people: PractitionerPeople;
beforeAll(async () => {
  served = await aServedProduct();
  people = practitionerPeople(served);
});
afterAll(() => served.close());

const objection = '当班的赵某某可以作证，油液已经排空';
const decision = '现场笔录由钱某某签字，记录属实';

test('T2.10, R55: the words of a conduct record stand sealed, in a step by a digest only, and are read by whoever may', async () => {
  const { db, ownerDb } = served.database;
  const person = await people.enter('clerk1', 1);
  const id = await people.record('commission1', person);
  await people.step('clerk1', person, id, 'object', { reason: objection });
  await people.step('commission2', person, id, 'keep', { reason: decision });
  const { text } = aBreach();
  const { rows } = await sql<{ all: string }>`
    select c::text || (select string_agg(s::text, '') from kernel.step s where s.case_type = ${conduct.id} and s.case_id = c.id) as all
    from elv.practitioner_conduct c where id = ${id}`.execute(db);
  for (const words of [objection, decision, text]) expect(rows[0]?.all).not.toContain(words);
  const steps = await listSteps(db, conduct.id, id);
  expect(stepsIntact(conduct.id, id, steps)).toBe(true);
  expect(steps.at(1)?.input).toEqual({ reasonDigest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const seen = async () =>
    (await (await people.as('clerk1')).people.get({ id: person })).conducts.find((one) => one.id === id);
  const before = await seen();
  expect(before).toMatchObject({ statement: objection, decision, facts: { text } });
  expect(before?.timeline.map(({ reason }) => reason)).toEqual([null, objection, decision]);

  expect(before?.timeline.map(({ verified }) => verified)).toEqual([true, true, true]);

  // Words put in past the steps are found out.
  const forged = JSON.stringify({ facts: before?.facts, original: null, statement: '没有异议', decision });
  await sql`update elv.practitioner_conduct set record = ${forged} where id = ${id}`.execute(ownerDb);
  expect((await seen())?.timeline.map(({ verified }) => verified)).toEqual([true, false, true]);

  // One from before words were sealed is read as it stands, and sealed when the program starts.
  const record = { facts: before?.facts, original: null, statement: objection, decision };
  const old = JSON.stringify(record);
  await sql`update elv.practitioner_conduct set record = ${old}, record_at_step = ${old} where id = ${id}`.execute(
    ownerDb,
  );
  expect(await seen()).toEqual(before);
  const { practitioners } = served.product.elv;
  expect([await practitioners.sealConducts(), await practitioners.sealConducts()]).toEqual([1, 0]);
  const after = await sql<{ record: string; step: string }>`
    select record, record_at_step as step from elv.practitioner_conduct where id = ${id}`.execute(db);
  expect(`${after.rows[0]?.record}${after.rows[0]?.step}`).not.toContain('赵某某');
  expect(await seen()).toEqual(before);
});
