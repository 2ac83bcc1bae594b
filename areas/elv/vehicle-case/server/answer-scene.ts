import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { unheededAction } from '#kernel/connector/answer-handler.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Engine, StepResult } from '#kernel/lifecycle/engine.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import { type VehicleCaseAction, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import type { FoundCase } from './vehicle-case.store.ts';

/** An outside system as the actor of steps it decides. */
export const outsideActor = (system: 'police' | 'national'): StepActor => ({
  id: `system:${system}`,
  name: vehicleCase.actors[system].title,
  organisationId: null,
  organisationName: null,
  ip: '',
});

/** Takes a step in the name of an outside system; only actions that are its own are possible. */
export const stepByOutside = (
  engine: Engine<VehicleCase, FoundCase>,
  tx: Tx,
  step: {
    readonly caseId: string;
    readonly action: VehicleCaseAction;
    readonly input: unknown;
    readonly stepKey: string;
    readonly traceId: string;
  },
): Promise<StepResult<VehicleCase>> => {
  const system = vehicleCase.actions[step.action].by;
  if (system !== 'police' && system !== 'national') throw new Error(`${step.action} is not an outside system's`);
  return engine.performIn(tx, { ...step, expectedVersion: undefined, actor: outsideActor(system), mayAct: () => true });
};

/** Leaves a fact, of which an alert comes, that what an outside system's answer demands could not be done. */
export const leaveUnheeded = (
  tx: Tx,
  object: { readonly type: string; readonly id: string },
  {
    action,
    result: { snapshot, refusals },
    now,
    traceId,
  }: {
    readonly action: VehicleCaseAction;
    readonly result: Extract<StepResult<VehicleCase>, { outcome: 'refused' }>;
    readonly now: Date;
    readonly traceId: string;
  },
): Promise<unknown> => {
  const why = refusals.map(({ message }) => message).join('；');
  const detail = { action: `${vehicleCase.id}:${action}`, state: snapshot.state, why };
  return appendFact(tx, { ...serverFact(now, unheededAction, detail), object, outcome: 'failed', traceId });
};

/** A reason long enough for the record, whatever the other side wrote. */
export const outsideReason = (who: string, text: string | null | undefined): { readonly reason: string } => ({
  reason: `${who}：${text?.trim() || '未说明原因'}`.slice(0, 500),
});
