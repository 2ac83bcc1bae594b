import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { transferWorkTitle } from '#areas/elv/vehicle-case/server/hand-over.ts';
import { type ActionTitle, actionTitles } from '#areas/governance/audit-log/server/action-titles.ts';
import { anyCredentialChange } from '#areas/governance/credential-change/model/credential-change.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { connectors } from './plans.ts';

/** Steps are logged under lifecycle and action, also those that only the system takes. */
const stepTitles: readonly ActionTitle[] = [
  ...Object.entries(vehicleCase.actions).map(([name, { title }]) => ({ id: `${vehicleCase.id}:${name}`, title })),
  // Applied for by opening an account or resetting it, which are operations of their own.
  { id: `${anyCredentialChange.id}:propose`, title: `提交${anyCredentialChange.title}` },
];

/** Titles of everything the log can name: operations, steps, and the exchanges of every outside system. */
export const titlesOf = (operations: readonly Operation[]): readonly ActionTitle[] =>
  actionTitles(operations, [
    ...stepTitles,
    transferWorkTitle,
    ...connectors.flatMap(({ id, title, exchanges }) =>
      Object.entries(exchanges).map(([name, exchange]) => ({
        id: `${id}.${name}`,
        title: `${title}：${exchange.title}`,
      })),
    ),
  ]);
