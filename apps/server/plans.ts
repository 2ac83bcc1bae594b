import { elvNotices, elvPlan } from '#areas/elv/plan.ts';
import { processOffer } from '#areas/governance/operating/server/process.offer.ts';
import { governanceNotices, governancePlan } from '#areas/governance/plan.ts';
import type { AreaPeriod } from '#areas/governance/working-time/server/working-time.handlers.ts';
import type { Role } from '#kernel/access/access.ts';
import type { ConditionField } from '#kernel/access/condition.ts';
import { mergedRoles } from '#kernel/access/merged-roles.ts';
import type { AreaPlan } from '#kernel/area/area.ts';
import type { OfferPlan } from '#kernel/area/offers.ts';
import type { Connector } from '#kernel/connector/connector.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { kernelSealed } from '#kernel/crypto/kernel-sealed.ts';
import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { type Migration, schemasOf } from '#kernel/db/migrate.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import type { NoticeKind } from '#practices/notice/model/notice-kind.ts';
import { type AreaId, areaIds } from './area-ids.ts';

/** What each area says of itself. */
export const planOf: Readonly<Record<AreaId, AreaPlan>> = { governance: governancePlan, elv: elvPlan };

/** What every area says of itself, whether or not it runs here. */
export const plans: readonly AreaPlan[] = areaIds.map((id) => planOf[id]);

/** What areas offer and need, and the program itself: every process shows itself to the one that keeps the list of processes. */
export const offerPlans: readonly OfferPlan[] = [...plans, { id: 'program', offers: [], needs: [processOffer] }];

/** Every operation there is, whichever process serves it. */
export const operations: readonly Operation[] = plans.flatMap((plan) => plan.operations);

/** Every change of the schema, in the order it is applied. */
export const migrations: readonly Migration[] = [...kernelMigrations, ...plans.flatMap((plan) => plan.migrations)];

/**
 * The migrations whose tables a process of these areas works with: their own, the kernel's and those of notices. Keys are renewed where people are
 * governed, for the tables of every area.
 */
export const migrationsFor = (areas: readonly AreaId[]): readonly Migration[] => {
  if (areas.includes('governance')) return migrations;
  const others = plans.filter(({ id }) => !areas.some((area) => area === id)).flatMap(({ schemas }) => schemas);
  return migrations.filter((migration) => !schemasOf([migration]).some((schema) => others.includes(schema)));
};

/** Every role as shipped. */
export const roles: readonly Role[] = mergedRoles(plans.flatMap((plan) => plan.roles));

/** What conditions of roles may ask, by the stem of the permission. */
export const conditions: Readonly<Record<string, readonly ConditionField[]>> = Object.assign(
  {},
  ...plans.map((plan) => plan.conditions ?? {}),
);

/** Which single values of what a permission shows roles may open or close apart, by the permission. */
export const personal: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.assign(
  {},
  ...plans.map((plan) => plan.personal ?? {}),
);

/** Everything that is erased when it has been kept long enough. */
export const retentions: readonly Retention[] = plans.flatMap(({ retentions: own = [] }) => own);

/** Every period an administrator may change, once, with the title of the area that names it first. */
export const periods: readonly AreaPeriod[] = [
  ...new Map(
    plans
      .flatMap(({ title, periods: own, retentions: erased = [] }) =>
        [...own, ...erased.map(({ keep }) => keep)].map((period) => ({ area: title, period })),
      )
      .reverse()
      .map((one) => [one.period.setting, one]),
  ).values(),
].reverse();

/** The roles an enterprise's administrator may give to its people, by the kind of organisation. */
export const rolesOfKind: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    ...Map.groupBy(
      plans.flatMap(({ rolesOfKind: own = {} }) => Object.entries(own)),
      ([kind]) => kind,
    ),
  ].map(([kind, entries]) => [kind, entries.flatMap(([, roleIds]) => roleIds)]),
);

/** Every table that holds sealed texts or blind indexes. */
export const sealedTables: readonly SealedTable[] = [...kernelSealed, ...plans.flatMap(({ sealed = [] }) => sealed)];

/** Every outside system. */
export const connectors: readonly Connector[] = plans.flatMap((plan) => plan.connectors);

/** The outside systems of some areas. */
export const connectorsOf = (areas: readonly AreaId[]): readonly Connector[] =>
  areas.flatMap((id) => planOf[id].connectors);

/** Everything people are told of. */
export const noticeKinds: readonly NoticeKind[] = [...elvNotices, ...governanceNotices];
