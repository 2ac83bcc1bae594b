import { expect, test } from 'vitest';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { systemStepContract } from '../model/enterprise-system.contract.ts';
import { enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import { enterpriseSystemRoles } from '../model/enterprise-system.roles.ts';
import { hookNames } from './flow.ts';

const lifecycle = widened(enterpriseSystem);

test('R01: the lifecycle of enterprises’ systems is sound, and every edge can be come to', () => {
  expect(lint(lifecycle, { exchanges: [], hooks: hookNames })).toEqual([]);
  for (const edge of edgesOf(lifecycle)) expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
});

test('R44: every step after registering is an operation and a permission of some role', () => {
  const after = Object.keys(enterpriseSystem.actions).filter((name) => name !== 'register');
  expect(Object.keys(systemStepContract).sort()).toEqual(after.sort());
  const granted = new Set(enterpriseSystemRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(Object.keys(enterpriseSystem.actions).filter((name) => !granted.has(`${lifecycle.id}:${name}`))).toEqual([]);
});

test('R43: no role both registers and confirms, and whoever registered never confirms', () => {
  for (const { grants } of enterpriseSystemRoles) {
    const verbs = grants.map(({ permission }) => permission.split(':')[1]);
    expect(verbs.includes('register') && verbs.includes('confirm')).toBe(false);
  }
  expect(enterpriseSystem.actions.confirm.apartFrom).toEqual(['register']);
});

test('R01: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./enterprise-system.matrix.md');
});
