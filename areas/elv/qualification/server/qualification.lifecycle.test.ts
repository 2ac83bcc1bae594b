import { expect, test } from 'vitest';
import { connectors } from '#apps/server/plans.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from '#kernel/lifecycle/lint.ts';
import { kindsOf } from '#practices/registry/model/registry.notices.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import { hookNames } from '#practices/registry/server/flow.ts';
import { papers } from '../model/documents.ts';
import { qualificationForms } from '../model/qualification.forms.ts';
import { qualificationLifecycle } from '../model/qualification.lifecycle.ts';
import { qualificationRegistry } from '../model/qualification.profile.ts';
import { qualificationRoles } from '../model/qualification.roles.ts';
import { qualificationHooks } from './hands.ts';

const definition = qualificationLifecycle(qualificationRegistry);
const lifecycle = widened(definition);
const exchanges = connectors.flatMap(({ id, exchanges: own }) => Object.keys(own).map((name) => `${id}.${name}`));

test('R10–R13: the lifecycle is sound: no dead end, no unknown name', () => {
  expect(
    lint(lifecycle, {
      exchanges,
      hooks: [...hookNames, ...qualificationHooks],
      notices: kindsOf(qualificationRegistry.flow().notices).map(({ id }) => id),
    }),
  ).toEqual([]);
});

test.each(edgesOf(lifecycle).map((edge) => [`${edge.from} --${edge.action}--> ${edge.to}`, edge]))(
  'R10–R13: %s can be come to',
  (_, edge) => {
    expect(shortestPathTo(lifecycle, edge)?.at(-1)).toEqual(edge);
  },
);

test('R11, R13: whoever examined does not decide, and whoever began a revocation neither hears nor ends it', () => {
  const { grant, refuse, recordHearing, revoke } = definition.actions;
  expect([grant.apartFrom, refuse.apartFrom]).toEqual([
    ['passReview', 'passOnPapers', 'recordOnSite'],
    ['passReview', 'passOnPapers', 'recordOnSite'],
  ]);
  expect([recordHearing.apartFrom, revoke.apartFrom]).toEqual([['offerHearing'], ['offerHearing']]);
});

test('R13: the four ways are four actions, each with an article of its own', () => {
  const { suspend, revoke, annul, cancel } = definition.actions;
  expect([suspend.to, revoke.to, annul.to, cancel.to]).toEqual(['stay', 'revoked', 'annulled', 'cancelled']);
  for (const form of ['suspend', 'revoke', 'annul', 'cancel'] as const)
    expect(Object.keys(qualificationForms[form])).toEqual(expect.arrayContaining(['ground', 'message', 'tellPolice']));
});

test('R44: what people may do is an operation and a permission of some role, and nothing else is', () => {
  const actions = Object.keys(definition.actions).sort();
  expect(Object.keys(registryStepContract(qualificationRegistry)).sort()).toEqual(actions);
  const granted = new Set(qualificationRoles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  expect(actions.filter((name) => !granted.has(`elv.qualification:${name}`))).toEqual([]);
  const tones = qualificationRegistry.flow().tones;
  expect(Object.keys(tones).sort()).toEqual(actions);
});

test('R11: papers and forms belong to actions of the lifecycle', () => {
  const actions = Object.keys(definition.actions);
  expect(Object.keys(papers).filter((name) => !actions.includes(name))).toEqual([]);
  expect(Object.keys(qualificationForms).filter((name) => !actions.includes(name))).toEqual([]);
});

test('R10–R13: state by action by actor stands as it was reviewed', async () => {
  const lines = edgesOf(lifecycle).map(({ from, action, to }) => {
    const { by, signed } = lifecycle.actions[action] ?? {};
    return `| ${from} | ${action} | ${by} | ${to} | ${signed ? 'signed' : ''} |`;
  });
  const table = ['| from | action | by | to | |', '|---|---|---|---|---|', ...lines.sort()].join('\n');
  await expect(`${table}\n`).toMatchFileSnapshot('./qualification.matrix.md');
});
