import { expect, test } from 'vitest';
import { connectors } from '#apps/server/plans.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { importColumnsOf } from '#practices/registry/model/import-rows.ts';
import { fieldsOfProfile } from '#practices/registry/model/profile.ts';
import { registryLifecycle } from '#practices/registry/model/registry.lifecycle.ts';
import { kindsOf } from '#practices/registry/model/registry.notices.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import { hookNames } from '#practices/registry/server/flow.ts';
import { dismantlerRegistry } from '../model/dismantler.profile.ts';
import { dismantlerRoles } from '../model/dismantler.roles.ts';
import { legalPersons } from './company-register.ts';

const definition = registryLifecycle(dismantlerRegistry);
const lifecycle = widened(definition);
const exchanges = connectors.flatMap(({ id, exchanges: own }) => Object.keys(own).map((name) => `${id}.${name}`));

test('R49: the lifecycle is sound: no dead end, no unknown name', () => {
  expect(
    lint(lifecycle, {
      exchanges,
      hooks: hookNames,
      notices: kindsOf(dismantlerRegistry.flow().notices).map(({ id }) => id),
    }),
  ).toEqual([]);
});

test.each(edgesOf(lifecycle).map((edge) => [`${edge.from} --${edge.action}--> ${edge.to}`, edge]))(
  'R49: %s can be come to',
  (_, edge) => {
    expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
  },
);

test('R49: the second review is never by whoever did the first, and neither by whoever imported', () => {
  const { passSecond, returnSecond, refuseSecond, passFirst } = definition.actions;
  expect(passSecond.apartFrom).toEqual(['passFirst', 'submitImported']);
  expect([returnSecond.apartFrom, refuseSecond.apartFrom]).toEqual([['passFirst'], ['passFirst']]);
  expect(passFirst.apartFrom).toEqual(['submitImported']);
});

test('R44: what people may do is an operation and a permission of some role, and nothing else is', () => {
  const actions = Object.keys(definition.actions).sort();
  expect(Object.keys(registryStepContract(dismantlerRegistry)).sort()).toEqual(actions);
  const granted = new Set(dismantlerRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(actions.filter((name) => !granted.has(`elv.dismantler:${name}`))).toEqual([]);
});

test('R49: every place a profile names is a field of it, and columns of the import are told apart by their titles', () => {
  const places = fieldsOfProfile(dismantlerRegistry).map(({ section, field }) => `${section}.${field}`);
  const { number, validity, phone } = dismantlerRegistry;
  const named = [number, validity, phone].map(({ section, field }) => `${section}.${field}`);
  expect(places).toEqual(expect.arrayContaining(named));
  const titles = importColumnsOf(dismantlerRegistry).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('R49: the register that is asked is one of our exchanges', () => {
  expect(exchanges).toContain(legalPersons.exchange);
});

test('R49: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./dismantler.matrix.md');
});
