import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { InputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { accessChangeContract } from '../model/access-change.contract.ts';

/** Calls of looking into permissions and changing them. */
export const accessApi = clientOf(accessChangeContract, transport);

/** The root of every query key of the feature. */
export const accessKey = ['governance', 'access'] as const;

/** A page of applications. */
export const applicationsQuery = (filter: InputOf<typeof accessChangeContract.list>) =>
  queryOptions({ queryKey: [...accessKey, 'applications', filter], queryFn: () => accessApi.list(filter) });

/** Roles, permissions and how the list stands. */
export const rolesQuery = queryOptions({ queryKey: [...accessKey, 'roles'], queryFn: () => accessApi.roles({}) });

/** All special grants. */
export const specialQuery = queryOptions({ queryKey: [...accessKey, 'special'], queryFn: () => accessApi.special({}) });

/** People by the beginning of a name, or the holders of a role. */
export const peopleQuery = (wish: { readonly q?: string; readonly roleId?: string }) =>
  queryOptions({
    queryKey: [...accessKey, 'people', wish],
    staleTime: 20_000,
    queryFn: () =>
      accessApi.people({
        ...(wish.q === undefined ? {} : { q: wish.q }),
        ...(wish.roleId === undefined ? {} : { roleId: wish.roleId }),
      }),
  });
