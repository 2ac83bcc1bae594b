import { useRef, useState } from 'react';
import { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { failureOf } from './api.ts';
import type { Autosave } from './autosave-loop.ts';
import { formatClock } from './format.ts';
import { newKey } from './new-key.ts';
import { announceSessionEnd } from './session-end.ts';

/** A step as a page is offered it. `form`: its input is filled in; others ask for a reason at most. */
export interface StepOffer {
  readonly action: string;
  readonly input: string;
  readonly consequence: string | null;
}

/** A step that was tried and did not happen: why, and what had changed in the meantime. */
export interface Trouble<Offer> {
  readonly ability: Offer;
  readonly failure: Failure;
  readonly meanwhile: readonly string[];
}

/** The steps of an open matter as its page works with them. */
export interface Steps<Offer> {
  /** The step being asked about in a dialog. */
  readonly asked: Offer | null;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  /** What is filled in with the step asked about. */
  readonly draft: AnyDraft;
  readonly setDraft: (draft: AnyDraft) => void;
  readonly busy: string | null;
  readonly trouble: Trouble<Offer> | null;
  /** Begins a step: at once where nothing is to be asked, else with the dialog. */
  readonly begin: (ability: Offer) => void;
  readonly confirm: () => void;
  /** Closes the dialog; what was typed stays for the next time. */
  readonly close: () => void;
  readonly forget: () => void;
}

/** How the steps of a matter reach the server. */
export interface StepDoor<Offer, Output> {
  readonly saver: Autosave;
  /** Sends one step under its key, against what the page shows now. */
  readonly take: (ability: Offer, key: string, input: AnyDraft) => Promise<Output>;
  /** Has everything that shows the matter asked again; resolves when its own page has been. */
  readonly refresh: () => Promise<unknown>;
  /** What had changed when a step came too late or was refused. */
  readonly meanwhile: (failure: Failure) => readonly string[] | Promise<readonly string[]>;
  readonly done: (ability: Offer, output: Output) => void;
}

const unsaved = new Failure(
  0,
  'UNSAVED',
  '还有填写的内容没有保存到服务器，请先处理标红的项目；网络断开的，恢复并自动保存后再办理',
);

/** What a step that came too late was told of the steps before it. */
export const stepsBefore = ({ detail }: Failure): readonly string[] => {
  const steps: unknown = detail?.meanwhile;
  if (!Array.isArray(steps)) return [];
  // The engine's own shape, as every step handler tells it.
  return (steps as readonly { at: string; actorName: string; title: string }[]).map(
    ({ at, actorName, title }) => `${formatClock(at)} ${actorName} ${title}`,
  );
};

const inputOf = ({ input }: StepOffer, reason: string, draft: AnyDraft = {}): AnyDraft => {
  if (input === 'form') return draft;
  return input === 'none' || reason === '' ? {} : { reason };
};

/** Sends one step after everything typed is saved. Answers the trouble it met; null when it was done. */
const useSend = <Offer extends StepOffer, Output>(door: StepDoor<Offer, Output>) => {
  // The same click, sent twice, carries the same key; a step that was done gives its key up.
  const keys = useRef(new Map<string, string>());
  return async (ability: Offer, input: AnyDraft): Promise<Trouble<Offer> | null> => {
    if (!(await door.saver.flush())) return { ability, failure: unsaved, meanwhile: [] };
    const key = keys.current.get(ability.action) ?? newKey();
    keys.current.set(ability.action, key);
    try {
      const output = await door.take(ability, key, input);
      keys.current.delete(ability.action);
      await door.refresh();
      door.done(ability, output);
      return null;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      return { ability, failure, meanwhile: await door.meanwhile(failure) };
    }
  };
};

/** Takes steps of a matter for the signed-in person. */
export const useSteps = <Offer extends StepOffer, Output>(door: StepDoor<Offer, Output>): Steps<Offer> => {
  const [asked, setAsked] = useState<Offer | null>(null);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, AnyDraft>>>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble<Offer> | null>(null);
  const going = useRef(false);
  const send = useSend(door);
  const go = async (ability: Offer): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setBusy(ability.action);
    const { action } = ability;
    const met = await send(ability, inputOf(ability, (reasons[action] ?? '').trim(), drafts[action]));
    going.current = false;
    setBusy(null);
    setTrouble(met);
    if (met) return;
    setReasons(({ [action]: _sent, ...rest }) => rest);
    setDrafts(({ [action]: _filled, ...rest }) => rest);
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
