import type { State } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { durationStep } from './duration.ts';

/** What the statistics of a kind of case are told of it. */
export interface StatisticsProfile {
  /** Any lifecycle, as far as its shape matters here. */
  readonly lifecycle: {
    readonly id: string;
    readonly initial: string;
    readonly states: Readonly<Record<string, Pick<State, 'title' | 'kind'>>>;
    readonly actions: Readonly<Record<string, { readonly to: unknown }>>;
  };
  /** The stage a state belongs to. */
  readonly stageOf: (state: string) => string;
}

/** A step as far as it matters here: where it led and when. */
export interface Move {
  readonly action: string;
  readonly fromState: string;
  readonly toState: string;
  readonly at: Date;
}

/** A case coming into a state, and how long the stay was that it ended. Durations are whole seconds. */
export interface Passage {
  readonly at: Date;
  /** Null when the case was opened. */
  readonly from: string | null;
  readonly to: string;
  readonly stateSeconds: number | null;
  /** How long the case had been in the stage it leaves; null while it stays in it. */
  readonly stageSeconds: number | null;
  /** How long the whole case took; null until it ends. */
  readonly wholeSeconds: number | null;
}

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));

/** All passages of a case, from its opening on. Steps that lead nowhere (a freeze) are none. */
export const passagesOf = (
  { lifecycle, stageOf }: StatisticsProfile,
  openedAt: Date,
  moves: readonly Move[],
): readonly Passage[] => {
  const { initial } = lifecycle;
  const none = { stateSeconds: null, stageSeconds: null, wholeSeconds: null };
  const passages: Passage[] = [{ at: openedAt, from: null, to: initial, ...none }];
  let [stateSince, stageSince] = [openedAt, openedAt];
  for (const { action, fromState, toState, at } of moves) {
    if (lifecycle.actions[action]?.to === 'stay') continue;
    const leavesStage = stageOf(fromState) !== stageOf(toState);
    passages.push({
      at,
      from: fromState,
      to: toState,
      stateSeconds: secondsBetween(stateSince, at),
      stageSeconds: leavesStage ? secondsBetween(stageSince, at) : null,
      wholeSeconds: lifecycle.states[toState]?.kind === 'final' ? secondsBetween(openedAt, at) : null,
    });
    stateSince = at;
    if (leavesStage) stageSince = at;
  }
  return passages;
};

/** What is counted: cases opened, states come to and left, stages left, cases ended. */
export const measures = ['opened', 'state-in', 'state-out', 'stage-out', 'ended'] as const;
/** One of {@link measures}. */
export type Measure = (typeof measures)[number];

/** The period that never ends: what has come into a state and not left it rests there. */
export const everPeriod = 'ever';

/** A number and what it is of. `step` is a duration's, -1 where no duration is told. */
export interface Tally {
  /** A day (`2026-11-29`), a month (`2026-11`) or {@link everPeriod}. */
  readonly period: string;
  readonly measure: Measure;
  /** The state or the stage. */
  readonly place: string;
  readonly step: number;
  readonly count: number;
  readonly seconds: number;
}

const within = (at: Date, measure: Measure, place: string, seconds: number | null): readonly Tally[] => {
  const day = shanghaiDay(at);
  const one = {
    measure,
    place,
    step: seconds === null ? -1 : durationStep(seconds),
    count: 1,
    seconds: seconds ?? 0,
  };
  return [
    { period: day, ...one },
    { period: day.slice(0, 7), ...one },
  ];
};

const forEver = (measure: Measure, place: string): Tally => ({
  period: everPeriod,
  measure,
  place,
  step: -1,
  count: 1,
  seconds: 0,
});

/** What a passage adds to the numbers, by day, by month and for good. */
export const talliesOf = ({ stageOf }: StatisticsProfile, passage: Passage): readonly Tally[] => {
  const { at, from, to, stateSeconds, stageSeconds, wholeSeconds } = passage;
  return [
    ...within(at, 'state-in', to, null),
    forEver('state-in', to),
    ...(from === null
      ? within(at, 'opened', to, null)
      : [...within(at, 'state-out', from, stateSeconds), forEver('state-out', from)]),
    ...(from !== null && stageSeconds !== null ? within(at, 'stage-out', stageOf(from), stageSeconds) : []),
    ...(wholeSeconds === null ? [] : within(at, 'ended', to, wholeSeconds)),
  ];
};
