import type { Access, Subject } from '#kernel/access/access.ts';
import { type AccessRow, passes } from '#kernel/access/predicate.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import { standingRefusals } from '#kernel/lifecycle/decide.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import type { Ability } from '../model/vehicle-case.views.ts';

const lifecycle = widened(vehicleCase);

/** Whether the subject may take this action on that case, as far as permissions go. */
export const mayPerform = (access: Access, subject: Subject, action: string, row: AccessRow): boolean =>
  passes(access.rowFilter(subject, `${lifecycle.id}:${action}`), row);

const returning = new Set([
  'returnDesk',
  'returnConfirm',
  'returnEntry',
  'returnDismantling',
  'returnReport',
  'returnPapers',
  'returnCorrection',
  'returnIdentity',
  'returnIdentityDecision',
]);
const dangerous = new Set(['refuse', 'discard', 'rejectIdentity', 'endWrongVehicle', 'endWithReportStanding']);
const aside = new Set([
  'raiseSupervision',
  'lowerSupervision',
  'liftFreeze',
  'takeOver',
  'resendSupervised',
  'requestIdentity',
  'dropIdentity',
  'dropIdentityDecision',
]);

const toneOf = (action: string): Ability['tone'] => {
  if (returning.has(action)) return 'return';
  if (dangerous.has(action)) return 'danger';
  return aside.has(action) ? 'plain' : 'primary';
};

const inputOf = (action: string): Ability['input'] => {
  const schema = lifecycle.actions[action]?.input;
  if (!schema) return 'none';
  return schema.safeParse({}).success ? 'opinion' : 'reason';
};

/** Actions that would change nothing as the case stands. */
const isIdle = (action: string, { record, holds, state }: Snapshot<VehicleCase>): boolean => {
  const { raised, lowered, byPolice, byRule } = record.supervision;
  const supervised = !lowered && (raised || byPolice || byRule);
  if (action === 'raiseSupervision') return supervised;
  if (action === 'lowerSupervision') return !supervised;
  // The yard's turn, unless the vehicle desk holds it to be another vehicle.
  if (action === 'endWrongVehicle') return state === 'identityCorrecting' && !record.identity?.heldWrong;
  // The vehicle desk's turn, unless nothing can come of it.
  if (action === 'dropIdentityDecision') return state === 'identityReview' && !record.identity?.notTakenBack;
  if (action === 'endWithReportStanding')
    return !record.identity?.notTakenBack || record.identity.finding !== 'rejected';
  return action === 'liftFreeze' && !holds.includes('frozen');
};

/** What the subject could do to the case now; an action that lacks something is listed with what is missing. */
export const abilitiesOf = (
  access: Access,
  subject: Subject,
  snapshot: Snapshot<VehicleCase>,
  row: AccessRow,
  steps: readonly Step[],
  now: Date,
): readonly Ability[] =>
  Object.entries(lifecycle.actions).flatMap(([action, definition]): Ability[] => {
    if (
      !definition.from.includes(snapshot.state) ||
      !mayPerform(access, subject, action, row) ||
      isIdle(action, snapshot)
    )
      return [];
    const acted = steps.some(
      (step) =>
        step.round === snapshot.round && step.actorId === subject.id && definition.apartFrom?.includes(step.action),
    );
    const missing = [
      ...standingRefusals(lifecycle, snapshot, action, now),
      ...(acted ? [{ path: '', message: '您已审核过本案卷，须由其他人员办理' }] : []),
    ];
    return [
      {
        action,
        title: definition.title,
        ready: missing.length === 0,
        missing: missing.map(({ path, message }) => ({ path, message })),
        consequence: definition.consequence ?? null,
        input: inputOf(action),
        tone: toneOf(action),
      },
    ];
  });

/** The states in which somebody inside must act, and the permissions of their main actions. */
const workBy = Object.entries(lifecycle.states)
  .filter(([, { kind }]) => kind === 'work')
  .map(([state]) => ({
    state,
    permissions: Object.entries(lifecycle.actions)
      .filter(([action, { from }]) => from.includes(state) && toneOf(action) === 'primary')
      .map(([action]) => `${lifecycle.id}:${action}`),
  }));

/** The states in which the subject has work to do: a main action is theirs and somebody inside must act. */
export const workStates = (access: Access, subject: Subject): readonly string[] =>
  workBy
    .filter(({ permissions }) => permissions.some((permission) => access.holds(subject, permission)))
    .map(({ state }) => state);
