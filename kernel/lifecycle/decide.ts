import type { Effect, LifecycleOf } from './lifecycle.ts';
import { findAction, getState } from './lifecycle.ts';

/** A case as the engine found it under lock. `version` grows by one with every step and every saved section. */
export interface Snapshot<Case> {
  readonly id: string;
  readonly lifecycleVersion: number;
  readonly state: string;
  readonly version: number;
  /** Review round, from 1. */
  readonly round: number;
  readonly holds: readonly string[];
  readonly record: Case;
}

/** Why a step is not possible. All reasons are found, not only the first. `path` names the field where there is one. */
export interface Refusal {
  readonly why:
    | 'unknown-action'
    | 'wrong-state'
    | 'held'
    | 'bad-input'
    | 'guard'
    | 'stale'
    | 'same-person'
    | 'not-permitted';
  readonly path: string;
  readonly message: string;
}

/** What `decide` found: the next state with everything that follows, or every refusal. */
export type Ruling<Case> =
  | {
      readonly ok: true;
      readonly next: string;
      readonly record: Case;
      readonly input: unknown;
      readonly effects: readonly Effect[];
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** One attempted step. `expectedVersion` undefined is for the engine and outside systems, who act on whatever stands. */
export interface Attempt {
  readonly action: string;
  readonly input: unknown;
  readonly expectedVersion: number | undefined;
  readonly now: Date;
}

/** Refusals that do not depend on the input: state, holds and guards. What the screen shows beside a button. */
export const standingRefusals = <Case>(
  lifecycle: LifecycleOf<Case>,
  snapshot: Snapshot<Case>,
  actionName: string,
  now: Date,
): readonly Refusal[] => {
  const action = findAction(lifecycle, actionName);
  if (!action) return [{ why: 'unknown-action', path: '', message: '没有这项操作' }];
  const refusals: Refusal[] = [];
  if (!action.from.includes(snapshot.state)) {
    const state = getState(lifecycle, snapshot.state).title;
    refusals.push({ why: 'wrong-state', path: '', message: `案卷现处于“${state}”，不能${action.title}` });
  }
  const allowedUnder = [...(action.allowedUnder ?? []), ...(action.lifts ? [action.lifts] : [])];
  for (const hold of snapshot.holds) {
    if (!allowedUnder.includes(hold)) {
      refusals.push({ why: 'held', path: '', message: `案卷现在不能办理：${lifecycle.holds[hold]?.title ?? hold}` });
    }
  }
  if (action.lifts && !snapshot.holds.includes(action.lifts)) {
    refusals.push({ why: 'wrong-state', path: '', message: `案卷没有“${lifecycle.holds[action.lifts]?.title}”` });
  }
  for (const guard of action.guards ?? []) {
    for (const { path, message } of guard.check({ record: snapshot.record, state: snapshot.state, now })) {
      refusals.push({ why: 'guard', path, message });
    }
  }
  return refusals;
};

/** Decides one step. No clock, no database, no network: everything it needs is in its arguments. */
export const decide = <Case>(
  lifecycle: LifecycleOf<Case>,
  snapshot: Snapshot<Case>,
  attempt: Attempt,
): Ruling<Case> => {
  const refusals: Refusal[] = [];
  if (attempt.expectedVersion !== undefined && attempt.expectedVersion !== snapshot.version) {
    refusals.push({ why: 'stale', path: '', message: '案卷在您打开之后已有变化，请查看最新内容后再办理' });
  }
  refusals.push(...standingRefusals(lifecycle, snapshot, attempt.action, attempt.now));
  const action = findAction(lifecycle, attempt.action);
  const parsed = action?.input?.safeParse(attempt.input ?? {});
  if (parsed && !parsed.success) {
    for (const issue of parsed.error.issues) {
      refusals.push({ why: 'bad-input', path: `input.${issue.path.join('.')}`, message: issue.message });
    }
  }
  if (!action || refusals.length > 0) return { ok: false, refusals };

  const record = action.record ? action.record(snapshot.record, parsed?.data, attempt.now) : snapshot.record;
  const next =
    action.to === 'stay' ? snapshot.state : typeof action.to === 'string' ? action.to : action.to.choose(record);
  const entering = action.to === 'stay' ? [] : (getState(lifecycle, next).onEnter ?? []);
  return { ok: true, next, record, input: parsed?.data ?? {}, effects: [...(action.effects ?? []), ...entering] };
};
