import { notifyManager, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { failureOf } from './api.ts';
import { type Autosave, autosaveOf, type SaveView } from './autosave-loop.ts';
import type { Batch } from './autosave-queue.ts';
import { draftKey, keepDraft, readDraft } from './draft-mirror.ts';
import { useSession } from './session.tsx';
import { announceSessionEnd, useSessionEnded } from './session-end.ts';

/** What the server answers to a batch: the values as they stand now. */
interface Saved {
  readonly values: AnyDraft;
  readonly version: number;
}

/** The matter whose sections are typed into; `View` is what its page shows. */
export interface SavedMatter<View extends { readonly version: number }, Reply extends Saved> {
  readonly id: string;
  /** Only these are read back from an earlier visit. */
  readonly sections: readonly string[];
  readonly queryKey: readonly unknown[];
  readonly save: (batch: Batch) => Promise<Reply>;
  /** The page's view with what was answered laid into it. */
  readonly laidInto: (view: View, section: string, reply: Reply) => View;
}

const seen = (thrown: unknown): Failure => {
  const failure = failureOf(thrown);
  if (failure.status === 401) announceSessionEnd();
  return failure;
};

const sending =
  <View extends { readonly version: number }, Reply extends Saved>(
    queryClient: QueryClient,
    { queryKey, save, laidInto }: SavedMatter<View, Reply>,
  ) =>
  async (batch: Batch): Promise<AnyDraft> => {
    const reply = await save(batch);
    // An answer to an older question must not lay older values over these.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (view: View | undefined) =>
        view && { ...laidInto(view, batch.section, reply), version: Math.max(view.version, reply.version) },
    );
    // The page hears of new values a moment later. Until then what was typed must lie over the old ones: without it they would show
    // again, and a keystroke in that moment would build on them.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    return reply.values;
  };

/** The saving of an open matter: what was left unsaved before is sent first, a line or session that comes back wakes it. */
export const useAutosave = <View extends { readonly version: number }, Reply extends Saved>(
  matter: SavedMatter<View, Reply>,
): { readonly saver: Autosave; readonly save: SaveView } => {
  const queryClient = useQueryClient();
  const { id: userId } = useSession();
  const [saver] = useState(() => {
    const key = draftKey(userId, matter.id);
    return autosaveOf({
      send: sending(queryClient, matter),
      failureOf: seen,
      load: () => readDraft(window.localStorage, key, matter.sections),
      keep: (queue) => keepDraft(window.localStorage, key, queue),
      now: () => new Date(),
      pause: 800,
      retries: [2_000, 5_000, 10_000, 20_000],
      saved: () => void queryClient.invalidateQueries({ queryKey: matter.queryKey }),
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
