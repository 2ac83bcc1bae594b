import { citizenApplication } from '#areas/elv/citizen-application/model/citizen-application.lifecycle.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { enterpriseSystem } from '#areas/elv/enterprise-system/model/enterprise-system.lifecycle.ts';
import { conduct } from '#areas/elv/practitioner/model/conduct.lifecycle.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { withdrawal } from '#areas/elv/withdrawal/model/withdrawal.lifecycle.ts';
import { anyAccessChange } from '#areas/governance/access-change/model/access-change.lifecycle.ts';
import { anyCredentialChange } from '#areas/governance/credential-change/model/credential-change.ts';

interface Steps {
  readonly id: string;
  readonly actions: Readonly<Record<string, { readonly signed?: true }>>;
}

/** Every lifecycle whose steps people take. */
export const stepped: readonly Steps[] = [
  vehicleCase,
  dismantlerRegistry.flow().lifecycle,
  qualificationRegistry.flow().lifecycle,
  withdrawal,
  citizenApplication,
  enterpriseSystem,
  conduct,
  anyAccessChange,
  anyCredentialChange,
];

/** The permissions of every step that is signed in a person's name. Source: tender R42, R55 (an approval cannot be denied). */
export const signedSteps: readonly string[] = stepped.flatMap(({ id, actions }) =>
  Object.entries(actions)
    .filter(([, { signed }]) => signed)
    .map(([name]) => `${id}:${name}`),
);
