import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { anyAccessChange } from '#areas/governance/access-change/model/access-change.lifecycle.ts';
import { anyCredentialChange } from '#areas/governance/credential-change/model/credential-change.ts';

/** The permissions of every step that is signed in a person's name. Source: tender R42, R55 (an approval cannot be denied). */
export const signedSteps: readonly string[] = [vehicleCase, anyAccessChange, anyCredentialChange].flatMap(
  ({ id, actions }) =>
    Object.entries<{ readonly signed?: true }>(actions)
      .filter(([, { signed }]) => signed)
      .map(([name]) => `${id}:${name}`),
);
