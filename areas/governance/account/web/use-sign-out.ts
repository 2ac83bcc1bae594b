import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Failure } from '#kernel/contract/failure.ts';
import { accountApi, meQuery } from './account-api.ts';

/**
 * Signs out and leaves nothing of the person behind; `forget` clears what pages have kept on this machine, once they are gone. A session the server
 * has already ended counts as signed out.
 */
export const useSignOut = (onFailure: (error: unknown) => void, forget: () => void): (() => void) => {
  const queryClient = useQueryClient();
  const router = useRouter();
  const leave = async (): Promise<void> => {
    await router.navigate({ to: '/sign-in' });
    forget();
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, null);
    await router.invalidate();
  };
  const { mutate } = useMutation({
    mutationFn: async () => {
      try {
        await accountApi.signOut({});
      } catch (error) {
        if (!(error instanceof Failure && error.status === 401)) throw error;
      }
    },
    onSuccess: leave,
    onError: onFailure,
  });
  return () => mutate();
};
