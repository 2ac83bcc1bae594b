import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { EntryView } from '../../model/registry.views.ts';
import { entryKey, entryQuery, type RegistryWeb } from '../registry-web.ts';

const waitingPulse = 2_000;
const restingPulse = 20_000;

/** One entry, kept fresh while it is open. `missing`: it does not exist, or is not this person's to see. */
export const useEntry = (
  registry: RegistryWeb,
  id: string,
): {
  readonly view: EntryView | undefined;
  readonly missing: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} => {
  const queryClient = useQueryClient();
  const { data: view, error, refetch } = useQuery(entryQuery(registry, id));
  const waits = view?.register.status === 'waiting' || view?.register.status === 'retrying';
  const { data: pulse } = useQuery({
    queryKey: [...entryKey(registry, id), 'pulse'],
    queryFn: () => registry.api.pulse({ id }),
    enabled: view !== undefined,
    staleTime: 0,
    refetchInterval: waits ? waitingPulse : restingPulse,
  });
  const mark = pulse?.mark;
  const lastMark = useRef(mark);
  const outdated = view !== undefined && pulse !== undefined && pulse.version > view.version;
  useEffect(() => {
    const news = mark !== undefined && lastMark.current !== undefined && mark !== lastMark.current;
    lastMark.current = mark;
    if (news || outdated) void queryClient.invalidateQueries({ queryKey: entryQuery(registry, id).queryKey });
  }, [mark, outdated, queryClient, registry, id]);
  return { view, missing: error !== null && failureOf(error).status === 404, error, retry: () => void refetch() };
};
