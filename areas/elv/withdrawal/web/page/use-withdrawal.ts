import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import { withdrawalApi, withdrawalKey, withdrawalQuery } from '../withdrawal-api.ts';

const waitingPulse = 2_000;
const restingPulse = 20_000;

/** One withdrawal, kept fresh while it is open. `missing`: it does not exist, or is not this person's to see. */
export const useWithdrawal = (
  id: string,
): {
  readonly view: WithdrawalView | undefined;
  readonly missing: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} => {
  const queryClient = useQueryClient();
  const { data: view, error, refetch } = useQuery(withdrawalQuery(id));
  const { data: pulse } = useQuery({
    queryKey: [...withdrawalKey(id), 'pulse'],
    queryFn: () => withdrawalApi.pulse({ id }),
    enabled: view !== undefined,
    staleTime: 0,
    refetchInterval: view?.stateKind === 'wait' ? waitingPulse : restingPulse,
  });
  const mark = pulse?.mark;
  const lastMark = useRef(mark);
  const outdated = view !== undefined && pulse !== undefined && pulse.version > view.version;
  useEffect(() => {
    const news = mark !== undefined && lastMark.current !== undefined && mark !== lastMark.current;
    lastMark.current = mark;
    if (news || outdated) void queryClient.invalidateQueries({ queryKey: withdrawalQuery(id).queryKey });
  }, [mark, outdated, queryClient, id]);
  return { view, missing: error !== null && failureOf(error).status === 404, error, retry: () => void refetch() };
};
