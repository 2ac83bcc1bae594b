import type { z } from 'zod';
import type { Source } from '#kernel/source/source.ts';

/** A period an administrator may change; the fallback applies until somebody does. `working-day` is read by the holiday calendar. */
export interface Period {
  readonly setting: string;
  readonly title: string;
  readonly fallback: number;
  readonly unit: 'working-day' | 'day';
  readonly source: Source;
}

/** What a guard looks at: the case, where it rests, and the time. */
export interface Scene<Case> {
  readonly record: Case;
  readonly state: string;
  readonly now: Date;
}

/** One thing that stands in the way; `path` names the field or photograph (`agent.agentPhone`, `photo:engine`). */
export interface Obstacle {
  readonly path: string;
  readonly message: string;
}

/** A pure question about a case: the empty list means the step may go on. */
export interface Guard<Case> {
  readonly name: string;
  readonly source: Source;
  readonly check: (scene: Scene<Case>) => readonly Obstacle[];
}

/** What a step causes, as plain data, carried out in the same transaction. */
export type Effect =
  | { readonly do: 'send'; readonly connector: string; readonly exchange: string }
  | { readonly do: 'run'; readonly hook: string }
  /** People are told of the step, by a notice of that name. */
  | { readonly do: 'tell'; readonly notice: string };

/** Where a case rests. */
export interface State {
  readonly title: string;
  /** `work`: somebody inside must act. `wait`: an outside system must answer. `final`: nothing leaves it. */
  readonly kind: 'work' | 'wait' | 'final';
  /** Stage shown in stage bars and the public progress query; a state without one shows the stage before it. */
  readonly publicStage?: string;
  /** Set on entering, cleared on leaving. */
  readonly deadline?: Period;
  readonly onEnter?: readonly Effect[];
  /** Sections that may be saved while the case rests here, by holders of the section permission; no entry, no editing. */
  readonly editable?: readonly string[];
}

/** What keeps a case from going on until it is lifted. */
export interface Hold {
  readonly title: string;
  /** What is filled in may not be changed either. */
  readonly seals?: true;
}

/** Who may act, seen from the case. */
export interface Actor {
  readonly title: string;
  readonly stands: 'same-organisation' | 'any-authorised' | 'engine' | 'outside-system';
}

/** One target, several with a pure choice between them (all declared, so the graph is complete), or `stay`. */
export type Target<S extends string, Case> =
  | S
  | 'stay'
  | { readonly oneOf: readonly S[]; readonly choose: (record: Case) => S };

/** One thing that may be done to a case: permission, route, button, audit name and test carry its key. */
export interface Action<S extends string, A extends string, H extends string, Case> {
  readonly title: string;
  readonly source: Source;
  readonly by: A;
  readonly from: readonly S[];
  readonly to: Target<S, Case>;
  readonly input?: z.ZodType;
  /** What the confirmation dialog says, in one sentence; absent where nothing irreversible happens. */
  readonly consequence?: string;
  readonly guards?: readonly Guard<Case>[];
  readonly effects?: readonly Effect[];
  /** How the parsed input changes the record; pure. */
  readonly record?: (record: Case, input: unknown, now: Date) => Case;
  /** The actor signs the step with SM2, so it cannot be denied later. */
  readonly signed?: true;
  /** Holds under which the action is allowed all the same; any other hold refuses it. */
  readonly allowedUnder?: readonly H[];
  readonly puts?: H;
  readonly lifts?: H;
  /** Whoever performed one of these actions in this case may not perform this one. */
  readonly apartFrom?: readonly string[];
  /** A return for correction: starts the next round. */
  readonly newRound?: true;
}

/** What may happen to a kind of case, who may do it, what is checked and what is sent. */
export interface Lifecycle<S extends string, A extends string, H extends string, X extends string, Case> {
  /** `area.kind`, the stem of every permission: `elv.vehicle-case`. */
  readonly id: `${string}.${string}`;
  /** A case finishes under the version it began with. */
  readonly version: number;
  readonly title: string;
  readonly source: Source;
  readonly initial: NoInfer<S>;
  readonly actors: Readonly<Record<A, Actor>>;
  readonly holds: Readonly<Record<H, Hold>>;
  readonly states: Readonly<Record<S, State>>;
  readonly actions: Readonly<Record<X, Action<NoInfer<S>, NoInfer<A>, NoInfer<H>, Case>>>;
}

/** Any lifecycle over a case type; the engine and the tools work on this. */
export type LifecycleOf<Case> = Lifecycle<string, string, string, string, Case>;

/** Curried: the case type is given, every name is inferred from the definition; a misspelt state does not compile. */
export const lifecycleOf =
  <Case>() =>
  <const S extends string, const A extends string, const H extends string, const X extends string>(
    definition: Lifecycle<S, A, H, X, Case>,
  ): Lifecycle<S, A, H, X, Case> =>
    Object.freeze(definition);

/** Forgets the literal names so that generic machinery can read a lifecycle. */
export const widened = <S extends string, A extends string, H extends string, X extends string, Case>(
  lifecycle: Lifecycle<S, A, H, X, Case>,
): LifecycleOf<Case> =>
  // Only key types are widened; every lookup in the machinery goes through actionOf/stateOf, which check.
  lifecycle as unknown as LifecycleOf<Case>;

/** The action of that name; undefined for a name the lifecycle does not know. */
export const findAction = <Case>(
  lifecycle: LifecycleOf<Case>,
  action: string,
): Action<string, string, string, Case> | undefined =>
  Object.hasOwn(lifecycle.actions, action) ? lifecycle.actions[action] : undefined;

/** The state of that name. Errors: throws on an unknown state, which is a defect of data or code. */
export const getState = <Case>(lifecycle: LifecycleOf<Case>, state: string): State => {
  const found = Object.hasOwn(lifecycle.states, state) ? lifecycle.states[state] : undefined;
  if (!found) throw new Error(`lifecycle ${lifecycle.id} v${lifecycle.version} has no state ${state}`);
  return found;
};

/** The sections that may be saved where a case rests under these holds. */
export const editableIn = <Case>(
  lifecycle: LifecycleOf<Case>,
  { state, holds }: { readonly state: string; readonly holds: readonly string[] },
): readonly string[] =>
  holds.some((hold) => lifecycle.holds[hold]?.seals) ? [] : (getState(lifecycle, state).editable ?? []);

/** All states an action can lead to from a given state. */
export const targetsOf = <Case>(action: Action<string, string, string, Case>, from: string): readonly string[] =>
  action.to === 'stay' ? [from] : typeof action.to === 'string' ? [action.to] : action.to.oneOf;
