import { canonical } from '#kernel/audit/canonical.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact, reachHead } from '#kernel/audit/trail.store.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { decide, type Refusal, type Snapshot } from './decide.ts';
import { type Action, type Effect, findAction, getState, type LifecycleOf, type Period } from './lifecycle.ts';
import {
  addStep,
  firstPrev,
  listSteps,
  type Step,
  type StepActor,
  type StepBody,
  type StepChange,
  stepDigest,
} from './step.store.ts';

/**
 * What the engine needs to know of where cases are kept; each feature's store gives it. `Found` is a snapshot with what else of the row the
 * feature's own rules look at, so that nothing is read twice.
 */
export interface CaseStore<Case, Found extends Snapshot<Case> = Snapshot<Case>> {
  /** Locks the row for this transaction; undefined when there is no such case. */
  lock(tx: Tx, id: string): Promise<Found | undefined>;
  /** Writes what the step changed. */
  move(tx: Tx, moved: Moved<Case>): Promise<void>;
}

/** The outcome of a step, to be written. `stateSince` and `deadlineAt` are undefined where the state stays. */
export interface Moved<Case> {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly round: number;
  readonly holds: readonly string[];
  readonly record: Case;
  readonly at: Date;
  readonly entered: { readonly deadlineAt: Date | null } | undefined;
}

/** What a step's effects run against. */
export interface EffectScene<Case, Found extends Snapshot<Case> = Snapshot<Case>> {
  readonly tx: Tx;
  readonly before: Found;
  readonly after: Snapshot<Case>;
  readonly actor: StepActor;
  readonly now: Date;
  readonly traceId: string;
}

/** A business reaction to a step inside its transaction; it may still refuse, and then nothing has happened. It may change the record. */
export type Hook<Case, Found extends Snapshot<Case> = Snapshot<Case>> = (
  scene: EffectScene<Case, Found>,
) => Promise<{ readonly refusals?: readonly Refusal[]; readonly record?: Case }>;

/** All a lifecycle needs to run. */
export interface EngineParts<Case, Found extends Snapshot<Case> = Snapshot<Case>> {
  readonly db: Db;
  readonly clock: Clock;
  /** Every version a living case may stand under. */
  readonly lifecycles: readonly LifecycleOf<Case>[];
  readonly store: CaseStore<Case, Found>;
  /** Puts one declared message into the outbox. */
  readonly send: (scene: EffectScene<Case, Found>, connector: string, exchange: string) => Promise<void>;
  readonly hooks: Readonly<Record<string, Hook<Case, Found>>>;
  /** Tells people of the step by one declared notice; left out where a lifecycle declares none. */
  readonly tell?: (scene: EffectScene<Case, Found>, notice: string) => Promise<void>;
  /** When a state's period runs out that is entered now; told of the record, where not all of the time counts. */
  readonly deadline: (period: Period, from: Date, tx: Tx, record: Case) => Promise<Date>;
  /** The actor's own SM2 signature over a step digest. */
  readonly sign: (
    tx: Tx,
    actor: StepActor,
    digest: string,
  ) => Promise<{ readonly publicKey: string; readonly signature: string }>;
  /** Values that changed since the step before, for the timeline; the row still holds the record of that step. */
  readonly changes: (tx: Tx, before: Found, steps: readonly Step[]) => Promise<readonly StepChange[]>;
  /** What of a step's input stands with the step, where words in it are personal: a step is never written anew, so what is in it stays for good. Left out where all of it does. */
  readonly keptInput?: (input: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;
  /** What of the record a signature covers; personal values as digests. */
  readonly digestible: (record: Case) => unknown;
  /** Told, in the transaction, when a step has led into a state, with the steps before it; left out where nothing is kept of that. */
  readonly entered?: (scene: EffectScene<Case, Found>, action: string, before: readonly Step[]) => Promise<void>;
}

/** A step somebody wants to take. `mayAct` is the access verdict, given the case; it is asked under lock. */
export interface StepRequest<Case, Found extends Snapshot<Case> = Snapshot<Case>> {
  readonly caseId: string;
  readonly action: string;
  readonly input: unknown;
  readonly expectedVersion: number | undefined;
  readonly stepKey: string;
  readonly actor: StepActor;
  readonly traceId: string;
  readonly mayAct: (found: Found) => boolean;
}

/** How a step ended. `not-found` is also the answer for a case that is not the actor's. */
export type StepResult<Case> =
  | { readonly outcome: 'done'; readonly snapshot: Snapshot<Case> }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[]; readonly snapshot: Snapshot<Case> }
  | { readonly outcome: 'not-found' };

/** Runs the steps of one lifecycle. One step is one transaction: record, signed step, audit entry and messages, all or none. */
export interface Engine<Case, Found extends Snapshot<Case> = Snapshot<Case>> {
  perform(request: StepRequest<Case, Found>): Promise<StepResult<Case>>;
  /** The same inside a transaction that is already open (answers from outside settle with their message). */
  performIn(tx: Tx, request: StepRequest<Case, Found>): Promise<StepResult<Case>>;
}

class Refused extends Error {
  readonly result: StepResult<unknown>;
  constructor(result: StepResult<unknown>) {
    super('refused');
    this.result = result;
  }
}

const lifecycleFor = <Case>(
  { lifecycles }: { readonly lifecycles: readonly LifecycleOf<Case>[] },
  version: number,
): LifecycleOf<Case> => {
  const found = lifecycles.find((one) => one.version === version);
  if (!found) throw new Error(`no lifecycle version ${version} is mounted`);
  return found;
};

const samePerson = <Case>(
  action: Action<string, string, string, Case> | undefined,
  steps: readonly Step[],
  round: number,
  actor: StepActor,
): readonly Refusal[] =>
  steps.some((step) => step.round === round && action?.apartFrom?.includes(step.action) && step.actorId === actor.id)
    ? [{ why: 'same-person', path: '', message: '同一案卷的审核与确认不能由同一人办理，请由其他人员办理' }]
    : [];

const holdsAfter = <Case>(
  action: Action<string, string, string, Case> | undefined,
  holds: readonly string[],
): readonly string[] => {
  const lifted = action?.lifts ? holds.filter((hold) => hold !== action.lifts) : holds;
  return action?.puts && !lifted.includes(action.puts) ? [...lifted, action.puts] : lifted;
};

const runEffects = async <Case, Found extends Snapshot<Case>>(
  parts: EngineParts<Case, Found>,
  effects: readonly Effect[],
  scene: EffectScene<Case, Found>,
): Promise<EffectScene<Case, Found>> => {
  let now = scene;
  for (const effect of effects) {
    if (effect.do === 'send') {
      await parts.send(now, effect.connector, effect.exchange);
      continue;
    }
    if (effect.do === 'tell') {
      if (!parts.tell) throw new Error(`notice ${effect.notice} is told by nobody`);
      await parts.tell(now, effect.notice);
      continue;
    }
    const hook = parts.hooks[effect.hook];
    if (!hook) throw new Error(`hook ${effect.hook} is not mounted`);
    const { refusals = [], record } = await hook(now);
    if (refusals.length > 0) throw new Refused({ outcome: 'refused', refusals, snapshot: scene.before });
    if (record !== undefined) now = { ...now, after: { ...now.after, record } };
  }
  return now;
};

const writeStep = async <Case, Found extends Snapshot<Case>>(
  parts: EngineParts<Case, Found>,
  request: StepRequest<Case, Found>,
  scene: EffectScene<Case, Found>,
  input: unknown,
  steps: readonly Step[],
): Promise<void> => {
  const { before, after, now, tx, actor } = scene;
  const lifecycle = lifecycleFor(parts, before.lifecycleVersion);
  // Parsed by the action's schema, which is an object for every action that takes input.
  const given = (input ?? {}) as Record<string, unknown>;
  const body: StepBody = {
    seq: steps.length + 1,
    stepKey: request.stepKey,
    action: request.action,
    fromState: before.state,
    toState: after.state,
    round: before.round,
    version: after.version,
    actorId: actor.id,
    actorName: actor.name,
    actorOrganisationId: actor.organisationId,
    organisationName: actor.organisationName,
    at: now,
    input: { ...(parts.keptInput ? await parts.keptInput(given) : given) },
    recordDigest: sm3Hex(canonical(parts.digestible(before.record))),
    changes: await parts.changes(tx, before, steps),
    prev: steps.at(-1)?.digest ?? firstPrev,
  };
  const digest = stepDigest(lifecycle.id, before.id, body);
  const signed = findAction(lifecycle, request.action)?.signed ? await parts.sign(tx, actor, digest) : null;
  const kept = { ...body, digest, publicKey: signed?.publicKey ?? null, signature: signed?.signature ?? null };
  const fact: AuditFact = {
    at: now,
    kind: 'operation',
    action: `${lifecycle.id}:${request.action}`,
    actor: { id: actor.id, name: actor.name, organisationId: actor.organisationId, ip: actor.ip },
    object: { type: lifecycle.id, id: before.id },
    outcome: 'done',
    detail: { from: before.state, to: after.state, version: after.version, round: before.round, stepDigest: digest },
    traceId: request.traceId,
  };
  await Promise.all([addStep(tx, lifecycle.id, before.id, kept), appendFact(tx, fact)]);
};

const step = async <Case, Found extends Snapshot<Case>>(
  parts: EngineParts<Case, Found>,
  tx: Tx,
  request: StepRequest<Case, Found>,
): Promise<StepResult<Case>> => {
  const before = await parts.store.lock(tx, request.caseId);
  if (!before || !request.mayAct(before)) return { outcome: 'not-found' };
  const lifecycle = lifecycleFor(parts, before.lifecycleVersion);
  reachHead(tx, { type: lifecycle.id, id: before.id });
  const steps = await listSteps(tx, lifecycle.id, before.id);
  const earlier = steps.find((one) => one.stepKey === request.stepKey);
  if (earlier && earlier.action === request.action && earlier.actorId === request.actor.id)
    return { outcome: 'done', snapshot: before };

  const now = parts.clock.now();
  const action = findAction(lifecycle, request.action);
  const ruling = decide(lifecycle, before, { ...request, now });
  const apart = samePerson(action, steps, before.round, request.actor);
  if (!ruling.ok || apart.length > 0) {
    return { outcome: 'refused', refusals: [...(ruling.ok ? [] : ruling.refusals), ...apart], snapshot: before };
  }
  const after: Snapshot<Case> = {
    ...before,
    state: ruling.next,
    version: before.version + 1,
    round: before.round + (action?.newRound ? 1 : 0),
    holds: holdsAfter(action, before.holds),
    record: ruling.record,
  };
  const scene = await runEffects(parts, ruling.effects, {
    tx,
    before,
    after,
    actor: request.actor,
    now,
    traceId: request.traceId,
  });
  const entered = action?.to !== 'stay';
  const period = getState(lifecycle, scene.after.state).deadline;
  const deadlineAt = entered && period ? await parts.deadline(period, now, tx, scene.after.record) : null;
  // The step first: what changed is told against the record of the step before, which the move replaces.
  await writeStep(parts, request, scene, ruling.input, steps);
  await parts.store.move(tx, { ...scene.after, at: now, entered: entered ? { deadlineAt } : undefined });
  if (entered) await parts.entered?.(scene, request.action, steps);
  return { outcome: 'done', snapshot: scene.after };
};

/** Builds the engine of a lifecycle from its parts. */
export const engineOf = <Case, Found extends Snapshot<Case> = Snapshot<Case>>(
  parts: EngineParts<Case, Found>,
): Engine<Case, Found> => {
  const performIn = (tx: Tx, request: StepRequest<Case, Found>): Promise<StepResult<Case>> => step(parts, tx, request);
  return {
    performIn,
    perform: async (request) => {
      try {
        return await inTransaction(parts.db, (tx) => performIn(tx, request));
      } catch (error) {
        // Thrown by the hooks of this very engine, so about its own kind of case.
        if (error instanceof Refused) return error.result as StepResult<Case>;
        throw error;
      }
    },
  };
};
