import { lineage } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import type { SignInRules } from './sign-in-rules.ts';

/** What decides whether somebody must have a second factor. */
export type FactorRules = Pick<SignInRules, 'secondFactorRoles' | 'secondFactorSteps'>;

/** Whether any of these roles, with all they inherit, demands a second factor. */
export type FactorDemand = (list: AccessList, held: readonly string[]) => boolean;

/**
 * Judges roles by the rules; the roles of one list are gone through once. A role named itself demands one whatever list stands, so an auditor does also while the list
 * is broken. Source: tender R42; GB/T 22239-2019 8.1.4.1.
 */
export const factorDemand = ({ secondFactorRoles, secondFactorSteps }: FactorRules): FactorDemand => {
  const named = new Set(secondFactorRoles);
  const steps = new Set(secondFactorSteps);
  const known = new WeakMap<AccessList, ReadonlySet<string>>();
  const demandingOf = (list: AccessList): ReadonlySet<string> => {
    const before = known.get(list);
    if (before) return before;
    const byId = new Map(list.roles.map((role) => [role.id, role]));
    const found = new Set(
      list.roles
        .filter(({ id }) => {
          const line = lineage(byId, id);
          const signs = line.some(({ grants }) => grants.some(({ permission }) => steps.has(permission)));
          return line.some((one) => named.has(one.id)) || (signs && line.some(({ level }) => level === 'platform'));
        })
        .map(({ id }) => id),
    );
    known.set(list, found);
    return found;
  };
  return (list, held) => held.some((id) => named.has(id) || demandingOf(list).has(id));
};
