import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { newKey } from '#web-kit/new-key.ts';
import { announceSessionEnd } from '#web-kit/session-end.ts';
import type { Ability, CaseView } from '../../model/vehicle-case.contract.ts';
import { caseListsKey, caseQuery } from '../case-api.ts';
import { changesMeanwhile } from './meanwhile.ts';
import { type StepOutput, takeStep } from './step-api.ts';

/** A step that was tried and did not happen: why, and what had changed in the meantime. */
export interface Trouble {
  readonly ability: Ability;
  readonly failure: Failure;
  readonly meanwhile: readonly string[];
}

/** The steps of an open case as the page works with them. */
export interface Steps {
  /** The step being asked about in a dialog. */
  readonly asked: Ability | null;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly busy: string | null;
  readonly trouble: Trouble | null;
  /** Begins a step: at once where nothing is to be asked, else with the dialog. */
  readonly begin: (ability: Ability) => void;
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

/** How the case had changed when a step came too late; nothing when that cannot be found out now. */
const meanwhileOf = async (queryClient: QueryClient, before: CaseView): Promise<readonly string[]> => {
  try {
    return changesMeanwhile(before, await queryClient.fetchQuery({ ...caseQuery(before.id), staleTime: 0 }));
  } catch (thrown) {
    // The refusal itself is shown; that the news could not be fetched is part of it.
    return [failureOf(thrown).message];
  }
};

/** Keys of steps that were begun: the same click, sent twice, carries the same key; a step that was done gives its key up. */
const useStepKeys = () => {
  const keys = useRef(new Map<string, string>());
  return {
    of: (action: string): string => {
      const key = keys.current.get(action) ?? newKey();
      keys.current.set(action, key);
      return key;
    },
    done: (action: string): void => void keys.current.delete(action),
  };
};

interface Sending {
  readonly view: CaseView;
  readonly saver: Autosave;
  readonly reasonFor: (action: string) => string;
  readonly done: (ability: Ability, output: StepOutput) => void;
}

/** Sends one step after everything typed is saved. Answers the trouble it met; null when it was done. */
const useSend = ({ view, saver, reasonFor, done }: Sending): ((ability: Ability) => Promise<Trouble | null>) => {
  const queryClient = useQueryClient();
  const keys = useStepKeys();
  return async (ability) => {
    if (!(await saver.flush())) return { ability, failure: unsaved, meanwhile: [] };
    const { action } = ability;
    const current = queryClient.getQueryData(caseQuery(view.id).queryKey) ?? view;
    const reason = reasonFor(action).trim();
    const input = ability.input === 'none' || reason === '' ? {} : { reason };
    try {
      const output = await takeStep(action, { id: view.id, version: current.version, key: keys.of(action), input });
      keys.done(action);
      void queryClient.invalidateQueries({ queryKey: caseListsKey });
      await queryClient.invalidateQueries({ queryKey: caseQuery(view.id).queryKey });
      done(ability, output);
      return null;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      const answered = failure.status === 409 || failure.status === 422;
      return { ability, failure, meanwhile: answered ? await meanwhileOf(queryClient, current) : [] };
    }
  };
};

/** Takes steps of a case for the signed-in person. `done` is told what came of each. */
export const useSteps = (view: CaseView, saver: Autosave, done: Sending['done']): Steps => {
  const [asked, setAsked] = useState<Ability | null>(null);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const going = useRef(false);
  const send = useSend({ view, saver, done, reasonFor: (action) => reasons[action] ?? '' });

  const go = async (ability: Ability): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setBusy(ability.action);
    const met = await send(ability);
    going.current = false;
    setBusy(null);
    setTrouble(met);
    if (met) return;
    setReasons(({ [ability.action]: _sent, ...rest }) => rest);
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
