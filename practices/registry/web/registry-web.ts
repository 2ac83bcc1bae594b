import { queryOptions } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { type Client, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import type { Place } from '#web-kit/area-web.ts';
import type { RegistryFlow } from '../model/flow.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { type RegistryContract, registryContract } from '../model/registry.contract.ts';
import { registryStepContract } from '../model/registry.steps.ts';
import type { EntryView } from '../model/registry.views.ts';
import { type RegistryImportContract, registryImportContract } from '../model/registry-import.contract.ts';
import type { EntryFilterInput, RegistrySearch } from './registry-search.ts';

/** Where the pages of a registry stand; the area that has the registry says it, checked against its routes. */
export interface RegistryPlaces {
  readonly list: (search: RegistrySearch) => Place;
  readonly entry: (id: string) => Place;
  /** The import, of one upload if named; left out where nothing is imported. */
  readonly imports?: (importId?: string) => Place;
}

/** What a trade adds to the page of an entry. */
export interface EntryExtras {
  /** Stands at the side, under what can be done. */
  readonly aside?: ComponentType<{ readonly view: EntryView }>;
  /** Stands under the company register, also where somebody is judging. */
  readonly besideRegister?: ComponentType<{ readonly view: EntryView }>;
  /** Stands beside a step of the timeline. */
  readonly besideStep?: (view: EntryView, seq: number) => ReactNode;
}

/** A registry as its pages work with it: the profile, how its entries move, its calls, its places. */
export interface RegistryWeb {
  readonly profile: RegistryProfile;
  readonly flow: RegistryFlow;
  readonly api: Client<RegistryContract>;
  readonly imports: Client<RegistryImportContract>;
  /** By action of the flow. */
  readonly steps: Client<Readonly<Record<string, ReturnType<typeof registryStepContract>['submit']>>>;
  readonly contract: RegistryContract;
  readonly importContract: RegistryImportContract;
  readonly places: RegistryPlaces;
  readonly extras: EntryExtras;
}

/** Makes the pages' side of a registry. */
export const registryWebOf = (
  profile: RegistryProfile,
  places: RegistryPlaces,
  extras: EntryExtras = {},
): RegistryWeb => {
  const contract = registryContract(profile);
  const importContract = registryImportContract(profile);
  return {
    profile,
    flow: profile.flow(),
    contract,
    importContract,
    api: clientOf(contract, transport),
    imports: clientOf(importContract, transport),
    steps: clientOf(registryStepContract<string>(profile), transport),
    places,
    extras,
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
