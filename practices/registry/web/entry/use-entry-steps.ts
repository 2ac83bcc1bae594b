import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { failureOf } from '#web-kit/api.ts';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { formatClock } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { announceSessionEnd } from '#web-kit/session-end.ts';
import type { entryStepOutput } from '../../model/registry.steps.ts';
import type { EntryAbility, EntryView } from '../../model/registry.views.ts';
import { entryQuery, listsKey, type RegistryWeb } from '../registry-web.ts';

/** What a step came to. */
export type StepOutput = z.output<typeof entryStepOutput>;

/** A step that was tried and did not happen: why, and what had been done in the meantime. */
export interface Trouble {
  readonly ability: EntryAbility;
  readonly failure: Failure;
  readonly meanwhile: readonly string[];
}

/** The steps of an open entry as the page works with them. */
export interface EntrySteps {
  /** The step being asked about in a dialog. */
  readonly asked: EntryAbility | null;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  /** What is filled in with the step asked about. */
  readonly draft: AnyDraft;
  readonly setDraft: (draft: AnyDraft) => void;
  readonly busy: string | null;
  readonly trouble: Trouble | null;
  /** Begins a step: at once where nothing is to be asked, else with the dialog. */
  readonly begin: (ability: EntryAbility) => void;
  readonly confirm: () => void;
  /** Closes the dialog; what was typed stays for the next time. */
  readonly close: () => void;
  readonly forget: () => void;
}

const unsaved = new Failure(
  0,
  'UNSAVED',
  '还有填写的内容没有保存到服务器，请先处理标红的项目；网络断开的，恢复并自动保存后再办理',
);

/** What a step that came too late was told of the steps before it. */
const meanwhileOf = ({ detail }: Failure): readonly string[] => {
  const steps: unknown = detail?.meanwhile;
  if (!Array.isArray(steps)) return [];
  // The server's own shape; see the registry's step handlers.
  return (steps as readonly { at: string; actorName: string; title: string }[]).map(
    ({ at, actorName, title }) => `${formatClock(at)} ${actorName} ${title}`,
  );
};

const inputOf = ({ input }: EntryAbility, reason: string, draft: AnyDraft = {}): AnyDraft => {
  if (input === 'form') return draft;
  return input === 'none' || reason === '' ? {} : { reason };
};

/** Sends one step after everything typed is saved. Answers the trouble it met; null when it was done. */
const useSend = (
  registry: RegistryWeb,
  view: EntryView,
  saver: Autosave,
  done: (ability: EntryAbility, output: StepOutput) => void,
) => {
  const queryClient = useQueryClient();
  // The same click, sent twice, carries the same key; a step that was done gives its key up.
  const keys = useRef(new Map<string, string>());
  return async (ability: EntryAbility, input: AnyDraft): Promise<Trouble | null> => {
    if (!(await saver.flush())) return { ability, failure: unsaved, meanwhile: [] };
    const { queryKey } = entryQuery(registry, view.id);
    const { version } = queryClient.getQueryData(queryKey) ?? view;
    const key = keys.current.get(ability.action) ?? newKey();
    keys.current.set(ability.action, key);
    try {
      const step = registry.steps[ability.action];
      if (!step) throw new Error(`there is no step ${ability.action}`);
      const output = await step({ id: view.id, version, key, input });
      keys.current.delete(ability.action);
      void queryClient.invalidateQueries({ queryKey: listsKey(registry) });
      await queryClient.invalidateQueries({ queryKey });
      done(ability, output);
      return null;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      if (failure.status === 409) await queryClient.invalidateQueries({ queryKey });
      return { ability, failure, meanwhile: meanwhileOf(failure) };
    }
  };
};

/** Takes steps of an entry for the signed-in person. `done` is told what came of each. */
export const useEntrySteps = (
  registry: RegistryWeb,
  view: EntryView,
  saver: Autosave,
  done: (ability: EntryAbility, output: StepOutput) => void,
): EntrySteps => {
  const [asked, setAsked] = useState<EntryAbility | null>(null);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, AnyDraft>>>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const going = useRef(false);
  const send = useSend(registry, view, saver, done);
  const go = async (ability: EntryAbility): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setBusy(ability.action);
    const met = await send(ability, inputOf(ability, (reasons[ability.action] ?? '').trim(), drafts[ability.action]));
    going.current = false;
    setBusy(null);
    setTrouble(met);
    if (met) return;
    setReasons(({ [ability.action]: _sent, ...rest }) => rest);
    setDrafts(({ [ability.action]: _filled, ...rest }) => rest);
    setAsked(null);
  };
  return {
    asked,
    busy,
    trouble,
    reason: asked ? (reasons[asked.action] ?? '') : '',
    setReason: (reason) => {
      if (asked) setReasons((before) => ({ ...before, [asked.action]: reason }));
    },
    draft: asked ? (drafts[asked.action] ?? {}) : {},
    setDraft: (draft) => {
      if (asked) setDrafts((before) => ({ ...before, [asked.action]: draft }));
    },
    begin: (ability) => {
      setTrouble(null);
      if (ability.input === 'none' && ability.consequence === null) void go(ability);
      else setAsked(ability);
    },
    confirm: () => {
      if (asked) void go(asked);
    },
    close: () => setAsked(null),
    forget: () => setTrouble(null),
  };
};
