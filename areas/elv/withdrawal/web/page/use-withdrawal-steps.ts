import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { formatClock } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { announceSessionEnd } from '#web-kit/session-end.ts';
import type { PeopleAction } from '../../model/withdrawal.steps.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import { withdrawalListsKey, withdrawalQuery, withdrawalSteps } from '../withdrawal-api.ts';

/** What this person could do now. */
export type Ability = WithdrawalView['abilities'][number];
/** What a step came to. */
export type StepOutput = Awaited<ReturnType<(typeof withdrawalSteps)[PeopleAction]>>;

/** A step that was tried and did not happen: why, and what had been done in the meantime. */
interface Trouble {
  readonly ability: Ability;
  readonly failure: Failure;
  readonly meanwhile: readonly string[];
}

/** The steps of an open withdrawal as the page works with them. */
export interface WithdrawalSteps {
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

/** What a step that came too late was told of the steps before it. */
const meanwhileOf = ({ detail }: Failure): readonly string[] => {
  const steps: unknown = detail?.meanwhile;
  if (!Array.isArray(steps)) return [];
  // The server's own shape; see the step handlers.
  return (steps as readonly { at: string; actorName: string; title: string }[]).map(
    ({ at, actorName, title }) => `${formatClock(at)} ${actorName} ${title}`,
  );
};

/** Sends one step after everything typed is saved. Answers the trouble it met; null when it was done. */
const useSend = (view: WithdrawalView, saver: Autosave, done: (ability: Ability, output: StepOutput) => void) => {
  const queryClient = useQueryClient();
  // The same click, sent twice, carries the same key; a step that was done gives its key up.
  const keys = useRef(new Map<string, string>());
  return async (ability: Ability, reason: string): Promise<Trouble | null> => {
    if (!(await saver.flush())) return { ability, failure: unsaved, meanwhile: [] };
    const { queryKey } = withdrawalQuery(view.id);
    const { version } = queryClient.getQueryData(queryKey) ?? view;
    const key = keys.current.get(ability.action) ?? newKey();
    keys.current.set(ability.action, key);
    const input = ability.input === 'none' || reason === '' ? {} : { reason };
    try {
      // Abilities are named by the actions of the definition.
      const output = await withdrawalSteps[ability.action as PeopleAction]({ id: view.id, version, key, input });
      keys.current.delete(ability.action);
      void queryClient.invalidateQueries({ queryKey: withdrawalListsKey });
      // The case goes with its withdrawal, whatever page of it is open next.
      void queryClient.invalidateQueries({ queryKey: ['elv', 'vehicle-case'] });
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

/** Takes steps of a withdrawal for the signed-in person. `done` is told what came of each. */
export const useWithdrawalSteps = (
  view: WithdrawalView,
  saver: Autosave,
  done: (ability: Ability, output: StepOutput) => void,
): WithdrawalSteps => {
  const [asked, setAsked] = useState<Ability | null>(null);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const going = useRef(false);
  const send = useSend(view, saver, done);
  const go = async (ability: Ability): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setBusy(ability.action);
    const met = await send(ability, (reasons[ability.action] ?? '').trim());
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
