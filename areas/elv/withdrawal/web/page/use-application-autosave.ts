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
import { withdrawalApi, withdrawalQuery } from '../withdrawal-api.ts';

const seen = (thrown: unknown): Failure => {
  const failure = failureOf(thrown);
  if (failure.status === 401) announceSessionEnd();
  return failure;
};

const saving =
  (queryClient: QueryClient, id: string) =>
  async ({ changes }: Batch): Promise<AnyDraft> => {
    const reply = await withdrawalApi.saveApplication({ id, changes: { ...changes } });
    const { queryKey } = withdrawalQuery(id);
    // An answer to an older question must not lay older values over these.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (view) =>
        view && {
          ...view,
          version: Math.max(view.version, reply.version),
          application: { ...view.application, values: reply.values, faults: reply.faults },
        },
    );
    // The page hears of new values a moment later; until then what was typed must lie over the old ones.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    return reply.values;
  };

/** The saving of an open application: what was left unsaved before is sent first, a line or session that comes back wakes it. */
export const useApplicationAutosave = (id: string): { readonly saver: Autosave; readonly save: SaveView } => {
  const queryClient = useQueryClient();
  const { id: userId } = useSession();
  const [saver] = useState(() => {
    const key = draftKey(userId, id);
    return autosaveOf({
      send: saving(queryClient, id),
      failureOf: seen,
      load: () => readDraft(window.localStorage, key, ['application']),
      keep: (queue) => keepDraft(window.localStorage, key, queue),
      now: () => new Date(),
      pause: 800,
      retries: [2_000, 5_000, 10_000, 20_000],
      saved: () => void queryClient.invalidateQueries({ queryKey: withdrawalQuery(id).queryKey }),
    });
  });
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
