import { notifyManager, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { failureOf } from '#web-kit/api.ts';
import { type Autosave, autosaveOf, type SaveView } from '#web-kit/autosave-loop.ts';
import type { Batch } from '#web-kit/autosave-queue.ts';
import { draftKey, keepDraft, readDraft } from '#web-kit/draft-mirror.ts';
import { useSession } from '#web-kit/session.tsx';
import { announceSessionEnd, useSessionEnded } from '#web-kit/session-end.ts';
import { type SectionId, sectionIds } from '../../model/vehicle-case.contract.ts';
import { caseApi, caseQuery } from '../case-api.ts';

const seen = (thrown: unknown): Failure => {
  const failure = failureOf(thrown);
  if (failure.status === 401) announceSessionEnd();
  return failure;
};

const saving =
  (queryClient: QueryClient, caseId: string) =>
  async ({ section, changes }: Batch): Promise<AnyDraft> => {
    // Only this page's sections are typed into, and only those are read back from an earlier visit.
    const reply = await caseApi.saveSection({ id: caseId, section: section as SectionId, changes: { ...changes } });
    const { queryKey } = caseQuery(caseId);
    // An answer to an older question must not lay older values over these.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (view) =>
        view && {
          ...view,
          version: Math.max(view.version, reply.version),
          sections: view.sections.map((one) =>
            one.id === section ? { ...one, values: reply.values, faults: reply.faults, warnings: reply.warnings } : one,
          ),
        },
    );
    // The page hears of new values a moment later. Until then what was typed must lie over the old ones: without it they would show
    // again, and a keystroke in that moment would build on them.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    return reply.values;
  };

const newAutosave = (queryClient: QueryClient, caseId: string, userId: string): Autosave => {
  const key = draftKey(userId, caseId);
  return autosaveOf({
    send: saving(queryClient, caseId),
    failureOf: seen,
    load: () => readDraft(window.localStorage, key, sectionIds),
    keep: (queue) => keepDraft(window.localStorage, key, queue),
    now: () => new Date(),
    pause: 800,
    retries: [2_000, 5_000, 10_000, 20_000],
    saved: () => void queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }),
  });
};

/** The saving of an open case: what was left unsaved before is sent first, a line or session that comes back wakes it. */
export const useAutosave = (caseId: string): { readonly saver: Autosave; readonly save: SaveView } => {
  const queryClient = useQueryClient();
  const { id: userId } = useSession();
  const [saver] = useState(() => newAutosave(queryClient, caseId, userId));
  const save = useSyncExternalStore(saver.subscribe, saver.view);
  const signedOut = useSessionEnded();
  useEffect(() => {
    if (signedOut) return;
    saver.wake();
    window.addEventListener('online', saver.wake);
    return () => {
      window.removeEventListener('online', saver.wake);
      saver.close();
    };
  }, [saver, signedOut]);
  return { saver, save };
};
