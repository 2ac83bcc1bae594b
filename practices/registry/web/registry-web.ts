import { queryOptions } from '@tanstack/react-query';
import { type Client, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import type { Place } from '#web-kit/area-web.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { type RegistryContract, registryContract } from '../model/registry.contract.ts';
import { registryStepContract } from '../model/registry.steps.ts';
import { type RegistryImportContract, registryImportContract } from '../model/registry-import.contract.ts';
import type { EntryFilterInput, RegistrySearch } from './registry-search.ts';

/** Where the pages of a registry stand; the area that has the registry says it, checked against its routes. */
export interface RegistryPlaces {
  readonly list: (search: RegistrySearch) => Place;
  readonly entry: (id: string) => Place;
  /** The import, of one upload if named. */
  readonly imports: (importId?: string) => Place;
}

/** A registry as its pages work with it: the profile, its calls, its places. */
export interface RegistryWeb {
  readonly profile: RegistryProfile;
  readonly api: Client<RegistryContract>;
  readonly imports: Client<RegistryImportContract>;
  readonly steps: Client<ReturnType<typeof registryStepContract>>;
  readonly contract: RegistryContract;
  readonly importContract: RegistryImportContract;
  readonly places: RegistryPlaces;
}

/** Makes the pages' side of a registry. */
export const registryWebOf = (profile: RegistryProfile, places: RegistryPlaces): RegistryWeb => {
  const contract = registryContract(profile);
  const importContract = registryImportContract(profile);
  return {
    profile,
    contract,
    importContract,
    api: clientOf(contract, transport),
    imports: clientOf(importContract, transport),
    steps: clientOf(registryStepContract(profile), transport),
    places,
  };
};

/** Lists and counts: what a finished step changes elsewhere. */
export const listsKey = ({ profile }: RegistryWeb) => [profile.id, 'lists'] as const;
/** One open entry. */
export const entryKey = ({ profile }: RegistryWeb, id: string) => [profile.id, 'entry', id] as const;

/** A page of a list. */
export const listQuery = (registry: RegistryWeb, filter: EntryFilterInput) =>
  queryOptions({ queryKey: [...listsKey(registry), 'list', filter], queryFn: () => registry.api.list(filter) });

/** What waits for the signed-in person, and how many entries rest in each state. */
export const summaryQuery = (registry: RegistryWeb) =>
  queryOptions({
    queryKey: [...listsKey(registry), 'summary'],
    queryFn: () => registry.api.summary({}),
    refetchInterval: 60_000,
  });

/** One entry as its reader may see it. */
export const entryQuery = (registry: RegistryWeb, id: string) =>
  queryOptions({ queryKey: [...entryKey(registry, id), 'view'], queryFn: () => registry.api.get({ id }) });

/** One import of the signed-in person. */
export const importQuery = (registry: RegistryWeb, importId: string) =>
  queryOptions({
    queryKey: [registry.profile.id, 'import', importId],
    queryFn: () => registry.imports.read({ importId }),
  });
