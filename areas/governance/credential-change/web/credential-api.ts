import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { InputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { credentialChangeContract } from '../model/credential-change.contract.ts';

/** Calls of deciding on how people of the platform sign in. */
export const credentialApi = clientOf(credentialChangeContract, transport);

/** The root of every query key of the feature. */
export const credentialKey = ['governance', 'credential-change'] as const;

/** A page of applications. */
export const credentialsQuery = (filter: InputOf<typeof credentialChangeContract.list>) =>
  queryOptions({ queryKey: [...credentialKey, filter], queryFn: () => credentialApi.list(filter) });
