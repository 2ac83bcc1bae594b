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
import { entryQuery, type RegistryWeb } from '../registry-web.ts';

const seen = (thrown: unknown): Failure => {
  const failure = failureOf(thrown);
  if (failure.status === 401) announceSessionEnd();
  return failure;
};

const saving =
  (registry: RegistryWeb, queryClient: QueryClient, id: string) =>
  async ({ section, changes }: Batch): Promise<AnyDraft> => {
    const reply = await registry.api.saveSection({ id, section, changes: { ...changes } });
    const { queryKey } = entryQuery(registry, id);
    // An answer to an older question must not lay older values over these.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (view) =>
        view && {
          ...view,
          version: Math.max(view.version, reply.version),
          sections: view.sections.map((one) =>
            one.id === section ? { ...one, values: reply.values, faults: reply.faults } : one,
          ),
        },
    );
    // The page hears of new values a moment later; until then what was typed must lie over the old ones.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    return reply.values;
  };

/** The saving of an open entry: what was left unsaved before is sent first, a line or session that comes back wakes it. */
export const useEntryAutosave = (
  registry: RegistryWeb,
  id: string,
): { readonly saver: Autosave; readonly save: SaveView } => {
  const queryClient = useQueryClient();
  const { id: userId } = useSession();
  const [saver] = useState(() => {
    const key = draftKey(userId, id);
    return autosaveOf({
      send: saving(registry, queryClient, id),
      failureOf: seen,
      load: () => readDraft(window.localStorage, key, Object.keys(registry.profile.sections)),
      keep: (queue) => keepDraft(window.localStorage, key, queue),
      now: () => new Date(),
      pause: 800,
      retries: [2_000, 5_000, 10_000, 20_000],
      saved: () => void queryClient.invalidateQueries({ queryKey: entryQuery(registry, id).queryKey }),
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
