import { getState, type LifecycleOf } from './lifecycle.ts';
import type { Step } from './step.store.ts';
import type { StepView } from './step-view.ts';

/** A step as a timeline shows it. `verified` tells of each signed step, by its number, whether it is whole and its signature the signer's. */
export const viewedStep = <Case>(
  lifecycle: LifecycleOf<Case>,
  step: Step,
  verified: ReadonlyMap<number, boolean>,
): StepView => ({
  seq: step.seq,
  action: step.action,
  title: lifecycle.actions[step.action]?.title ?? step.action,
  at: step.at.toISOString(),
  actorName: step.actorName,
  organisationName: step.organisationName,
  fromTitle: getState(lifecycle, step.fromState).title,
  toTitle: getState(lifecycle, step.toState).title,
  reason: typeof step.input.reason === 'string' && step.input.reason !== '' ? step.input.reason : null,
  round: step.round,
  digest: step.digest,
  previousDigest: step.prev,
  publicKey: step.publicKey,
  signature: step.signature,
  verified: verified.get(step.seq) ?? null,
  changes: [...step.changes],
});
