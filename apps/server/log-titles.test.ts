import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { citizenApplication } from '#areas/elv/citizen-application/model/citizen-application.lifecycle.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { enterpriseSystem } from '#areas/elv/enterprise-system/model/enterprise-system.lifecycle.ts';
import { conduct } from '#areas/elv/practitioner/model/conduct.lifecycle.ts';
import { qualificationLifecycle } from '#areas/elv/qualification/model/qualification.lifecycle.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { withdrawal } from '#areas/elv/withdrawal/model/withdrawal.lifecycle.ts';
import { anyAccessChange } from '#areas/governance/access-change/model/access-change.lifecycle.ts';
import { anyCredentialChange } from '#areas/governance/credential-change/model/credential-change.ts';
import { registryLifecycle } from '#practices/registry/model/registry.lifecycle.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { titlesOf, valueTitlesOf } from './log-titles.ts';
import { connectors } from './plans.ts';

// Real: every operation of the product put together, and the program text, out of which actions are read.

const registry = registryLifecycle(dismantlerRegistry);
const qualification = qualificationLifecycle(qualificationRegistry);
let served: ServedProduct;
beforeAll(async () => {
  served = await aServedProduct();
});
afterAll(() => served.close());

const sources = globSync(['kernel/**/*.ts', 'areas/*/**/*.ts', 'apps/server/**/*.ts']).filter(
  (file) => !/\.test\.ts$|\.contract\.ts$|\.notices\.ts$|\/web\/|\/demo\/|\/proof\//.test(file),
);

/** Actions as they stand in the program: whole names, and the last parts that helpers of a feature add to theirs. */
const written = (): readonly string[] => {
  const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
  const whole = [...text.matchAll(/'((?:kernel|governance|elv)\.[a-zA-Z-]+\.[a-zA-Z]+)'/g)].map(
    ([, name]) => name ?? '',
  );
  const part = (pattern: RegExp, before: string) => [...text.matchAll(pattern)].map(([, name]) => `${before}.${name}`);
  return [
    ...whole.filter((name) => !name.startsWith('elv.period.')),
    ...part(/\bfact\(tx, context, '(\w+)'/g, 'governance.ownAccount'),
    ...part(/\b(?:person|import)Fact\(context, '(\w+)'/g, 'governance.person'),
    ...part(/\bcare\(context, '(\w+)'/g, 'governance.person'),
  ];
};

test('R45: every action the product can log has a title', () => {
  const operations = served.product.areas.flatMap((area) => area.plan.operations);
  const titles = new Map(titlesOf(operations).map(({ id, title }) => [id, title]));
  const actions = [
    ...operations.map(({ id }) => id),
    ...Object.keys(vehicleCase.actions).map((name) => `${vehicleCase.id}:${name}`),
    ...Object.keys(registry.actions).map((name) => `${registry.id}:${name}`),
    ...Object.keys(withdrawal.actions).map((name) => `${withdrawal.id}:${name}`),
    ...Object.keys(conduct.actions).map((name) => `${conduct.id}:${name}`),
    ...Object.keys(anyAccessChange.actions).map((name) => `${anyAccessChange.id}:${name}`),
    ...Object.keys(anyCredentialChange.actions).map((name) => `${anyCredentialChange.id}:${name}`),
    ...connectors.flatMap(({ id, exchanges }) => Object.keys(exchanges).map((name) => `${id}.${name}`)),
    ...written(),
  ];
  expect(written().length).toBeGreaterThan(40);
  expect([...new Set(actions)].filter((action) => !titles.has(action))).toEqual([]);
});

test('R45: roles, photographs and states in details are shown by their titles', () => {
  const titleOf = valueTitlesOf((id) => served.product.access.titleOf(id));
  expect(titleOf('roles', 'elv-desk')).toBe('车管审核人员');
  expect(titleOf('part', 'licence-main')).toBe('行驶证正页');
  expect(titleOf('fields', 'photo:licence-main')).toBe('行驶证正页');
  expect(titleOf('state', 'proposed')).toBe('待审批');
  expect([titleOf('part', 'owner-consent'), titleOf('fields', 'cause'), titleOf('state', 'internalReview')]).toEqual([
    '车主同意书',
    '撤销原因',
    '企业内部审核',
  ]);
  expect([titleOf('part', 'qualification-certificate'), titleOf('state', 'firstReview')]).toEqual([
    '资质认定书',
    '待初审',
  ]);
  expect(titleOf('reason', 'elv-desk')).toBeUndefined();
});

test('R45: whoever searches is offered permissions only where steps are logged under them', () => {
  const titles = titlesOf(served.product.areas.flatMap((area) => area.plan.operations));
  const ofElv = [vehicleCase, registry, qualification, withdrawal, citizenApplication, enterpriseSystem, conduct];
  const steps = [...ofElv, anyAccessChange, anyCredentialChange].flatMap(({ id, actions }) =>
    Object.keys(actions).map((name) => `${id}:${name}`),
  );
  expect(titles.filter(({ id }) => id.includes(':') && !steps.includes(id))).toEqual([]);
  expect(titles.filter(({ title }) => title === '导出日志')).toHaveLength(1);
});
