import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Snapshot } from './decide.ts';
import type { Engine } from './engine.ts';
import { getState, type LifecycleOf } from './lifecycle.ts';
import { listSteps, type StepActor } from './step.store.ts';

/** A signed-in person as whoever takes a step. */
export const stepActorOf = ({ subject, ip }: Pick<CallContext, 'subject' | 'ip'>): StepActor => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  organisationName: subject.organisationName,
  ip,
});

/** A step as a call says it: of which case, seen at which version, under which key of the caller's own. */
export interface SaidStep {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly input: unknown;
}

/** What taking steps of one lifecycle works with. `pathOf` names a field as the caller's form does. */
export interface StepTaking<Case, Found extends Snapshot<Case>> {
  readonly db: Db;
  readonly engine: Engine<Case, Found>;
  readonly lifecycle: LifecycleOf<Case>;
  readonly pathOf?: (path: string) => string;
  /** Set where whoever calls is not to know who did what meanwhile. */
  readonly untold?: boolean;
}

/** What was done, and by whom, since a person looked at the case. */
const stepsSince = async <Case>(db: Db, lifecycle: LifecycleOf<Case>, caseId: string, version: number) =>
  (await listSteps(db, lifecycle.id, caseId))
    .filter((step) => step.version > version)
    .map(({ action, actorName, at }) => ({
      action,
      title: lifecycle.actions[action]?.title ?? action,
      actorName,
      at: at.toISOString(),
    }));

/**
 * Takes a step for whoever calls. Answers how the case stands then, and the title of its state.
 * Errors: a case that is not the caller's is not found; every refusal of the step comes back as REFUSED, or as STALE with what others did meanwhile.
 */
export const takeStep = async <Case, Found extends Snapshot<Case>>(
  { db, engine, lifecycle, pathOf = (path) => path, untold = false }: StepTaking<Case, Found>,
  action: string,
  said: SaidStep,
  context: CallContext<'REFUSED' | 'STALE'>,
  mayAct: (found: Found) => boolean,
): Promise<{ readonly snapshot: Snapshot<Case>; readonly stateTitle: string }> => {
  const result = await engine.perform({
    caseId: said.id,
    action,
    input: said.input,
    expectedVersion: said.version,
    stepKey: said.key,
    actor: stepActorOf(context),
    traceId: context.traceId,
    mayAct,
  });
  if (result.outcome === 'not-found') throw notFound();
  const { snapshot } = result;
  const stateTitle = getState(lifecycle, snapshot.state).title;
  if (result.outcome === 'done') return { snapshot, stateTitle };
  const problems = result.refusals.map(({ path, message }) => ({ path: pathOf(path), message }));
  const stale = result.refusals.some(({ why }) => why === 'stale');
  const meanwhile = stale && !untold ? await stepsSince(db, lifecycle, said.id, said.version) : [];
  const detail = { version: snapshot.version, state: snapshot.state, stateTitle, meanwhile };
  return context.fail(stale ? 'STALE' : 'REFUSED', { problems, detail });
};
