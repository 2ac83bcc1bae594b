import { expect, test } from 'vitest';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { stageOf } from '../model/stages.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { caseNotices } from '../model/vehicle-case.notices.ts';
import { vehicleCaseRoles } from '../model/vehicle-case.roles.ts';
import { stepContract } from '../model/vehicle-case.steps.ts';
import { caseConnectors } from './check-view.ts';
import { hookNames } from './flow.ts';
import { messageMakers } from './messages.ts';

const lifecycle = widened(vehicleCase);
const exchanges = caseConnectors.flatMap(({ id, exchanges: own }) => Object.keys(own).map((name) => `${id}.${name}`));

test('R01–R07: the lifecycle is sound: no dead end, no unknown name, every outside wait is left by an outside system', () => {
  expect(
    lint(lifecycle, { exchanges, hooks: hookNames, notices: Object.values(caseNotices).map(({ id }) => id) }),
  ).toEqual([]);
});

test('R05, R06, R07: every message the lifecycle sends has a maker', () => {
  const effects = [...Object.values(lifecycle.states), ...Object.values(lifecycle.actions)].flatMap((one) => [
    ...('onEnter' in one ? (one.onEnter ?? []) : []),
    ...('effects' in one ? (one.effects ?? []) : []),
  ]);
  const sent = effects.flatMap((effect) => (effect.do === 'send' ? [`${effect.connector}.${effect.exchange}`] : []));
  expect(Object.keys(messageMakers)).toEqual(expect.arrayContaining(sent));
});

test.each(edgesOf(lifecycle).map((edge) => [`${edge.from} --${edge.action}--> ${edge.to}`, edge]))(
  '%s can be come to',
  (_, edge) => {
    expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
  },
);

test('R14: every state but the first belongs to a stage of its own right', () => {
  const strays = Object.keys(lifecycle.states).filter((state) => state !== 'intake' && stageOf(state) === '受理');
  expect(strays).toEqual([]);
});

test('R44: what people may do is an operation and a permission of some role, and nothing else is', () => {
  const byPeople = Object.entries(vehicleCase.actions).flatMap(([name, { by }]) =>
    ['outside-system', 'engine'].includes(vehicleCase.actors[by].stands) ? [] : [name],
  );
  expect(Object.keys(stepContract).sort()).toEqual([...byPeople].sort());
  const granted = new Set(vehicleCaseRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(byPeople.filter((name) => !granted.has(`elv.vehicle-case:${name}`))).toEqual([]);
});

test('R02: whoever reviews a case may not confirm it', () => {
  expect(vehicleCase.actions.confirm.apartFrom).toEqual(['passDesk']);
  const both = vehicleCaseRoles.filter(({ grants }) =>
    ['passDesk', 'confirm'].every((action) =>
      grants.some(({ permission }) => permission === `elv.vehicle-case:${action}`),
    ),
  );
  expect(both).toEqual([]);
});

test('R01–R07: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./lifecycle.matrix.md');
});
