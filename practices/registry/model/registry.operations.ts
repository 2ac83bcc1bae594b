import type { Operation } from '#kernel/contract/operation.ts';
import type { RegistryProfile } from './profile.ts';
import { registryContract } from './registry.contract.ts';
import { registryStepContract } from './registry.steps.ts';
import { registryImportContract } from './registry-import.contract.ts';

/** Every operation of a registry. */
export const registryOperations = (profile: RegistryProfile): readonly Operation[] => [
  ...Object.values<Operation>(registryContract(profile)),
  ...Object.values<Operation>(profile.imports ? registryImportContract(profile) : {}),
  ...Object.values<Operation>(registryStepContract(profile)),
];
