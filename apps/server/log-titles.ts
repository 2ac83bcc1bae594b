import { exportDoneTitle } from '#areas/elv/case-export/server/write-exports.ts';
import { citizenApplication } from '#areas/elv/citizen-application/model/citizen-application.lifecycle.ts';
import { signInTitle } from '#areas/elv/citizen-application/server/citizen-sign-in.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { enterpriseSystem } from '#areas/elv/enterprise-system/model/enterprise-system.lifecycle.ts';
import { refusedCallTitle } from '#areas/elv/enterprise-system/model/refused-calls.ts';
import { reusedTitle } from '#areas/elv/photo-evidence/server/reused.ts';
import { conduct } from '#areas/elv/practitioner/model/conduct.lifecycle.ts';
import { archiveTitle } from '#areas/elv/practitioner/server/archive-writer.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { findPhotoPart } from '#areas/elv/vehicle-case/model/photo-parts.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { transferWorkTitle } from '#areas/elv/vehicle-case/server/hand-over.ts';
import { applicationFields, paperPlaces } from '#areas/elv/withdrawal/model/withdrawal.fields.ts';
import { withdrawal } from '#areas/elv/withdrawal/model/withdrawal.lifecycle.ts';
import { anyAccessChange } from '#areas/governance/access-change/model/access-change.lifecycle.ts';
import type { ValueTitle } from '#areas/governance/audit-log/model/entry-detail.ts';
import { type ActionTitle, actionTitles } from '#areas/governance/audit-log/server/action-titles.ts';
import { anyCredentialChange } from '#areas/governance/credential-change/model/credential-change.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { type LifecycleOf, widened } from '#kernel/lifecycle/lifecycle.ts';
import { recountTitle } from '#practices/case-statistics/server/recount.ts';
import { findPlace } from '#practices/registry/model/profile.ts';
import { connectors } from './plans.ts';

/** Steps are logged under lifecycle and action, also those that only the system takes. */
const stepTitlesOf = <Case>({ id, actions }: LifecycleOf<Case>): readonly ActionTitle[] =>
  Object.entries(actions).map(([name, { title }]) => ({ id: `${id}:${name}`, title }));

/** The registries of the areas. */
const registries = [qualificationRegistry, dismantlerRegistry];

const stepTitles: readonly ActionTitle[] = [
  ...stepTitlesOf(widened(vehicleCase)),
  ...registries.flatMap((registry) => stepTitlesOf(registry.flow().lifecycle)),
  ...stepTitlesOf(widened(withdrawal)),
  ...stepTitlesOf(widened(citizenApplication)),
  ...stepTitlesOf(widened(enterpriseSystem)).map(({ id, title }) => ({
    id,
    title: `${enterpriseSystem.title}：${title}`,
  })),
  ...stepTitlesOf(widened(conduct)),
  // Applied for by operations that are no steps themselves.
  ...[anyAccessChange, anyCredentialChange].map(({ id, title }) => ({ id: `${id}:propose`, title: `提交${title}` })),
];

/** Titles of everything the log can name: operations, steps, and the exchanges of every outside system. */
export const titlesOf = (operations: readonly Operation[]): readonly ActionTitle[] =>
  actionTitles(operations, [
    ...stepTitles,
    transferWorkTitle,
    reusedTitle,
    refusedCallTitle,
    recountTitle('elv'),
    signInTitle,
    archiveTitle,
    exportDoneTitle,
    ...connectors.flatMap(({ id, title, exchanges }) =>
      Object.entries(exchanges).map(([name, exchange]) => ({
        id: `${id}.${name}`,
        title: `${title}：${exchange.title}`,
      })),
    ),
  ]);

/** Titles of states, by their codes; of two lifecycles with one code the first says it. */
const stateTitles = new Map(
  [
    enterpriseSystem,
    qualificationRegistry.flow().lifecycle,
    anyAccessChange,
    vehicleCase,
    dismantlerRegistry.flow().lifecycle,
    withdrawal,
    citizenApplication,
    conduct,
  ].flatMap(({ states }) => Object.entries(states).map(([state, { title }]) => [state, title] as const)),
);

/** Fields of the vehicle case and of the registries and of withdrawals, whichever section they stand in. */
const fieldTitles = new Map(
  [
    ...Object.values(sections),
    ...registries.flatMap((registry) => Object.values(registry.sections)),
    { fields: applicationFields },
  ].flatMap(({ fields }) => Object.entries(fields).map(([name, { title }]) => [name, title] as const)),
);

/** A photograph's or an attachment's place; `photo:engine` where it stands among fields. */
const photoTitle = (value: string): string | undefined => {
  const part = value.replace(/^photo:/, '');
  const paper = paperPlaces.find((place) => place.part === part);
  return (
    findPhotoPart(part)?.title ??
    findPlace(dismantlerRegistry, part)?.title ??
    findPlace(qualificationRegistry, part)?.title ??
    paper?.title
  );
};

const fieldTitle = (value: string): string | undefined => photoTitle(value) ?? fieldTitles.get(value);

/** What codes in the details of entries are called: roles as the list knows them now, photographs, states. Source: tender R45. */
export const valueTitlesOf = (roleTitle: (id: string) => string): ValueTitle => {
  const byName: Readonly<Record<string, (value: string) => string | undefined>> = {
    roles: roleTitle,
    roleId: roleTitle,
    part: photoTitle,
    field: fieldTitle,
    fields: fieldTitle,
    state: (value) => stateTitles.get(value),
  };
  return (name, value) => (Object.hasOwn(byName, name) ? byName[name]?.(value) : undefined);
};
