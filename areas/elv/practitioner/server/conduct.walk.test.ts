import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { type Edge, edgesOf, lint } from '#kernel/lifecycle/lint.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { aBreach, type PractitionerPeople, practitionerPeople } from '#testkit/practitioner-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { conductStepContract } from '../model/conduct.contract.ts';
import { type ConductAction, conduct } from '../model/conduct.lifecycle.ts';
import { conductNotices } from '../model/practitioner.notices.ts';
import { practitionerRoles } from '../model/practitioner.roles.ts';
import { hookNames } from './conduct-flow.ts';

// Real here: PostgreSQL, engine, web server, signatures. Made up: the clock.

const lifecycle = widened(conduct);
const edges = edgesOf(lifecycle);
const nameOf = ({ from, action, to }: Edge): string => `${from} --${action}--> ${to}`;
const because = { reason: '与现场检查笔录一致，记录属实' };

let served: ServedProduct;
let people: PractitionerPeople;
let person: string;
const performed = new Set<string>();

beforeAll(async () => {
  served = await aServedProduct();
  people = practitionerPeople(served);
  person = await people.enter('clerk1', 1);
});
afterAll(() => served.close());

test('T2.10: the lifecycle is sound, every step is some role’s, and nobody decides on an objection of what they recorded', () => {
  const notices = Object.values(conductNotices).map(({ id }) => id);
  expect(lint(lifecycle, { exchanges: [], hooks: hookNames, notices })).toEqual([]);
  const granted = new Set(practitionerRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(Object.keys(conduct.actions).filter((name) => !granted.has(`elv.practitioner-conduct:${name}`))).toEqual([]);
  expect([...Object.keys(conductStepContract), 'record'].sort()).toEqual(Object.keys(conduct.actions).sort());
  expect([conduct.actions.keep.apartFrom, conduct.actions.correct.apartFrom]).toEqual([['record'], ['record']]);
});

test('T2.10: state by action by actor stands as it was reviewed', async () => {
  const lines = edges.map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./conduct.matrix.md');
});

describe('T2.10: every edge of a conduct record is performed, signed and logged', () => {
  test.each(edges.map((edge) => [nameOf(edge), edge] as const))('%s', async (name, { from, action, to }) => {
    const id = await people.record('commission1', person);
    if (from === 'objected') await people.step('clerk1', person, id, 'object', { reason: '当时已排空油液，有照片' });
    const input = action === 'correct' ? { ...aBreach({ kind: 'environment-breach' }), ...because } : because;
    const who = action === 'object' ? 'clerk1' : 'commission2';
    // The record itself was made by its first step.
    if (action !== 'record')
      expect(await people.step(who, person, id, action as Exclude<ConductAction, 'record'>, input)).toBe(to);
    const { db } = served.database;
    const steps = await listSteps(db, lifecycle.id, id);
    expect(steps.at(-1)).toMatchObject({ action, fromState: from, toState: to });
    expect(stepsIntact(lifecycle.id, id, steps)).toBe(true);
    for (const step of steps)
      expect(
        await served.product.crypto.verify(step.publicKey ?? '', Buffer.from(step.digest), step.signature ?? ''),
      ).toBe(true);
    expect(await verifyChain(db, `${lifecycle.id}:${id}`)).toMatchObject({ intact: true });
    performed.add(name);
  });

  test('no edge of the definition was left out', () => {
    expect([...performed].sort()).toEqual(edges.map(nameOf).sort());
  });
});

test('T2.10: whoever put it down may not keep it, and what a correction changed is shown', async () => {
  const id = await people.record('commission1', person);
  await people.step('clerk1', person, id, 'object', { reason: '日期有误，当天没有作业' });
  await expect(people.step('commission1', person, id, 'keep', because)).rejects.toMatchObject({ code: 'REFUSED' });
  const seen = await (await people.as('commission1')).people.get({ id: person });
  expect(seen.conducts.find((one) => one.id === id)?.abilities.map(({ action, ready }) => [action, ready])).toEqual([
    ['keep', false],
    ['correct', false],
    ['strike', true],
  ]);
  const facts = aBreach({ occurredOn: '2026-10-11' });
  expect(await people.step('commission2', person, id, 'correct', { ...facts, ...because })).toBe('corrected');
  const after = (await (await people.as('clerk1')).people.get({ id: person })).conducts.find((one) => one.id === id);
  expect(after).toMatchObject({
    facts: { occurredOn: '2026-10-11' },
    original: { occurredOn: '2026-10-12' },
    decision: because.reason,
  });
});

test('T2.10: no record without its basis, in the future, or of a time the person was not there; all is told at once', async () => {
  const refused = (more: object) => people.record('commission1', person, { ...more });
  await expect(refused({ basis: '', text: '短' })).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [{ path: 'basis' }, { path: 'text' }],
  });
  for (const occurredOn of ['2026-12-31', '2024-01-01'])
    await expect(refused({ occurredOn })).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ path: 'occurredOn', message: expect.stringMatching(/在岗期间/) }],
    });
});
