import { expect, test } from 'vitest';
import { oneStopStages } from '#connectors/one-stop/exchanges.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { citizenStepContract } from '../model/citizen.steps.ts';
import { citizenApplicationSteps } from '../model/citizen-application.contract.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { citizenApplicationNotices } from '../model/citizen-application.notices.ts';
import { citizenApplicationRoles } from '../model/citizen-application.roles.ts';
import { stageOfPassage } from '../model/write-back.ts';
import { hookNames } from './flow.ts';
import { inNeutralOrder } from './neutral-order.ts';

const lifecycle = widened(citizenApplication);

test('R62: the lifecycle is sound: no dead end, no unknown name', () => {
  const notices = Object.values(citizenApplicationNotices).map(({ id }) => id);
  expect(lint(lifecycle, { exchanges: [], hooks: hookNames, notices })).toEqual([]);
});

test.each(edgesOf(lifecycle).map((edge) => [`${edge.from} --${edge.action}--> ${edge.to}`, edge]))(
  '%s can be come to',
  (_, edge) => {
    expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
  },
);

test('R44: what people may do is an operation and a permission of some role, and nothing else is', () => {
  const byPeople = Object.entries(citizenApplication.actions).flatMap(([name, { by }]) =>
    citizenApplication.actors[by].stands === 'engine' ? [] : [name],
  );
  const operations = [...Object.keys(citizenStepContract), ...Object.keys(citizenApplicationSteps)];
  expect(operations.sort()).toEqual([...byPeople].sort());
  const granted = new Set(citizenApplicationRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(byPeople.filter((name) => !granted.has(`elv.citizen-application:${name}`))).toEqual([]);
});

test('R62: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./citizen-application.matrix.md');
});

test('R62: every step of a case that changes its public stage tells one the other side knows, and every way back is 退回', () => {
  const told = edgesOf(widened(vehicleCase)).flatMap(({ from, to }) => {
    const stage = stageOfPassage(from, to)?.stage;
    return stage === undefined ? [] : [[from, to, stage] as const];
  });
  expect(told.filter(([, , stage]) => !oneStopStages.includes(stage))).toEqual([]);
  expect(new Set(told.map(([, , stage]) => stage))).toEqual(
    new Set(['审核', '进场', '拆解', '出证', '注销', '办结', '退回', '终止']),
  );
  expect(stageOfPassage('deskReview', 'intake')?.stage).toBe('退回');
  expect(stageOfPassage('comparing', 'confirming')).toBeUndefined();
});

test('R62: in the order of a year of days every enterprise comes first about as often as any other, and each day everybody sees the same', () => {
  const yards = ['yard-1', 'yard-2', 'yard-3', 'yard-4', 'yard-5'].map((id) => ({ id }));
  const firsts = new Map<string, number>();
  for (let day = 0; day < 1_000; day += 1) {
    const [first] = inNeutralOrder(yards, `day ${day}`);
    firsts.set(first?.id ?? '', (firsts.get(first?.id ?? '') ?? 0) + 1);
  }
  for (const { id } of yards) expect(firsts.get(id)).toBeGreaterThan(150);
  expect(inNeutralOrder([...yards].reverse(), '2026-11-30')).toEqual(inNeutralOrder(yards, '2026-11-30'));
});
