import { expect, test } from 'vitest';
import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { vehicleCaseRoles } from '../../vehicle-case/model/vehicle-case.roles.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import { withdrawalNotices } from '../model/withdrawal.notices.ts';
import { withdrawalRoles } from '../model/withdrawal.roles.ts';
import { withdrawalStepContract } from '../model/withdrawal.steps.ts';
import { hookNames } from './flow.ts';

const lifecycle = widened(withdrawal);
const exchanges = Object.keys(nationalCirculation.exchanges).map((name) => `${nationalCirculation.id}.${name}`);

test('R08, R09: the lifecycle is sound: no dead end, no unknown name, the outside wait is left by an outside system', () => {
  expect(
    lint(lifecycle, { exchanges, hooks: hookNames, notices: Object.values(withdrawalNotices).map(({ id }) => id) }),
  ).toEqual([]);
});

test.each(edgesOf(lifecycle).map((edge) => [`${edge.from} --${edge.action}--> ${edge.to}`, edge]))(
  '%s can be come to',
  (_, edge) => {
    expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
  },
);

test('R44: what people may do is an operation and a permission of some role, and nothing else is', () => {
  const byPeople = Object.entries(withdrawal.actions).flatMap(([name, { by }]) =>
    withdrawal.actors[by].stands === 'outside-system' ? [] : [name],
  );
  expect(Object.keys(withdrawalStepContract).sort()).toEqual([...byPeople].sort());
  const granted = new Set(withdrawalRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(byPeople.filter((name) => !granted.has(`elv.withdrawal:${name}`))).toEqual([]);
});

test('R09: whoever hands an application in may not review it, and no role of an enterprise decides for the commission', () => {
  expect([withdrawal.actions.passInternal.apartFrom, withdrawal.actions.refuseInternal.apartFrom]).toEqual([
    ['submit'],
    ['submit'],
  ]);
  const ofEnterprise = withdrawalRoles.filter(({ level }) => level === 'organisation');
  const permissions = ofEnterprise.flatMap(({ grants }) => grants.map(({ permission }) => permission));
  expect(permissions.filter((one) => ['elv.withdrawal:grant', 'elv.withdrawal:refuse'].includes(one))).toEqual([]);
});

test('R08: nobody may hold, release or withdraw a case by hand', () => {
  const permissions = [...vehicleCaseRoles, ...withdrawalRoles].flatMap(({ grants }) =>
    grants.map(({ permission }) => permission),
  );
  const byEngine = ['holdForWithdrawal', 'releaseFromWithdrawal', 'withdraw'].map((one) => `elv.vehicle-case:${one}`);
  expect(permissions.filter((one) => byEngine.includes(one))).toEqual([]);
});

test('R08, R09: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./withdrawal.matrix.md');
});
