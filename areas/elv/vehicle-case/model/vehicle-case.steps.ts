import { z } from 'zod';
import { type Operation, operation } from '#kernel/contract/operation.ts';
import { type VehicleCaseAction, vehicleCase } from './vehicle-case.lifecycle.ts';

const id = z.string().min(1).max(64);

/** The one shape of a lifecycle step call; mounted once for each action of the definition. */
export const stepInput = z.object({
  id,
  version: z.int(),
  /** The same again for a repeated send of the same click: the first result is answered. */
  key: z.uuid(),
  input: z.record(z.string(), z.unknown()).default({}),
});
/** What a step answers: the new state and, for reviewers, the next case that waits for them. */
export const stepOutput = z.object({
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  nextCaseId: id.nullable(),
});

type StepOperation = Operation<typeof stepInput, typeof stepOutput, 'REFUSED' | 'STALE'>;

const errors = {
  REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '案卷在您打开之后已有变化，请查看最新内容后再办理' },
} as const;

const byPeople = Object.entries(vehicleCase.actions).filter(
  ([, { by }]) => !['outside-system', 'engine'].includes(vehicleCase.actors[by].stands),
);

/** One operation for every action that people take, derived from the definition: `POST …/steps/{action}`. */
export const stepContract: Readonly<Partial<Record<VehicleCaseAction, StepOperation>>> = Object.freeze(
  Object.fromEntries(
    byPeople.map(([action, { title, source }]) => [
      action,
      operation({
        id: `elv.vehicle-case.${action}`,
        title,
        source,
        method: 'POST',
        path: `/elv/vehicle-cases/{id}/steps/${action}`,
        permission: `elv.vehicle-case:${action}`,
        input: stepInput,
        output: stepOutput,
        errors,
        audit: 'write',
      }),
    ]),
  ),
);
