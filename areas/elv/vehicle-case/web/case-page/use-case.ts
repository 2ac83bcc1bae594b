import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { CaseView } from '../../model/vehicle-case.views.ts';
import { caseApi, caseKeyOf, caseQuery } from '../case-api.ts';
import { isNews, isWaiting, pulseInterval } from './pulse-interval.ts';

type Pulse = Awaited<ReturnType<typeof caseApi.pulse>>;

/** Listens for news of an open case and fetches it again when there is any. */
const usePulse = (view: CaseView | undefined, caseId: string): Pulse | undefined => {
  const queryClient = useQueryClient();
  const quietSince = useRef(0);
  const { data } = useQuery({
    queryKey: [...caseKeyOf(caseId), 'pulse'],
    queryFn: () => caseApi.pulse({ id: caseId }),
    enabled: view !== undefined,
    staleTime: 0,
    refetchIntervalInBackground: view !== undefined && isWaiting(view),
    refetchInterval: () =>
      view !== undefined &&
      pulseInterval({
        waiting: isWaiting(view),
        final: view.stateKind === 'final',
        hidden: document.hidden,
        quietFor: performance.now() - quietSince.current,
      }),
  });
  const mark = data?.mark;
  const lastMark = useRef(mark);
  const waiting = view !== undefined && isWaiting(view);
  const outdated = view !== undefined && data !== undefined && data.version > view.version;
  // What is waited for is looked at when a mark comes, and brings none by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const news = isNews(lastMark.current, mark, waiting);
    lastMark.current = mark;
    if (!news && !outdated) return;
    quietSince.current = performance.now();
    void queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
  }, [mark, outdated, queryClient, caseId]);
  return data;
};

const withReadings = (view: CaseView, pulse: Pulse | undefined): CaseView => {
  if (!pulse || pulse.ocr.length === 0) return view;
  const byId = new Map(pulse.ocr.map((one) => [one.photoId, one]));
  const photos = view.photos.map((photo) => {
    const news = byId.get(photo.id);
    const moving = news?.status === 'waiting' || news?.status === 'reading';
    return news && moving ? { ...photo, ocr: { ...photo.ocr, status: news.status, progress: news.progress } } : photo;
  });
  return { ...view, photos };
};

/** One case, kept fresh while it is open. `missing`: it does not exist, or is not this person's to see. */
export const useCase = (
  caseId: string,
): {
  readonly view: CaseView | undefined;
  readonly missing: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} => {
  const { data, error, refetch } = useQuery(caseQuery(caseId));
  const pulse = usePulse(data, caseId);
  const view = useMemo(() => data && withReadings(data, pulse), [data, pulse]);
  return { view, missing: error !== null && failureOf(error).status === 404, error, retry: () => void refetch() };
};
