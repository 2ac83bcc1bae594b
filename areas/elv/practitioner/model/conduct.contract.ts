import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { type ConductAction, conduct } from './conduct.lifecycle.ts';

const id = z.string().min(1).max(64);

/** The one shape of a step call. */
export const conductStepInput = z.object({
  id,
  version: z.int(),
  /** The same again for a repeated send of the same click: the first result is answered. */
  key: z.uuid(),
  input: z.record(z.string(), z.unknown()).default({}),
});
/** What a step answers. */
export const conductStepOutput = z.object({ state: z.string(), stateTitle: z.string(), version: z.int() });

const errors = {
  REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '这条记录在您打开之后已有变化，请查看最新内容后再办理' },
} as const;

const stepOf = (action: ConductAction) =>
  operation({
    id: `elv.practitioner-conduct.${action}`,
    title: `行为记录：${conduct.actions[action].title}`,
    source: conduct.actions[action].source,
    method: 'POST',
    path: `/elv/practitioner-conducts/{id}/steps/${action}`,
    permission: `elv.practitioner-conduct:${action}`,
    input: conductStepInput,
    output: conductStepOutput,
    errors,
    audit: 'write',
  });

/** A record is made by its first step; {@link conductContract} takes both at once. */
export type ConductStep = Exclude<ConductAction, 'record'>;

/** One operation for each step upon a record that is there; action, permission, route and button share a name. Source: tender T2.10. */
export const conductStepContract = Object.freeze(
  Object.fromEntries(
    Object.keys(conduct.actions)
      .filter((action) => action !== 'record')
      // Keys of the definition are its own names.
      .map((action) => [action, stepOf(action as ConductAction)]),
  ),
) as Readonly<Record<ConductStep, ReturnType<typeof stepOf>>>;

/** Putting down what a person did. Source: tender T2.10. */
export const conductContract = {
  record: operation({
    id: 'elv.practitioner-conduct.record',
    title: '记录从业人员行为',
    source: conduct.actions.record.source,
    method: 'POST',
    path: '/elv/practitioners/{id}/conducts',
    permission: 'elv.practitioner-conduct:record',
    /** `values` as the fields of a conduct record. */
    input: z.object({ id, key: z.uuid(), values: z.record(z.string().max(40), z.unknown()) }),
    output: z.object({ id }),
    errors: { REFUSED: errors.REFUSED },
    audit: 'write',
  }),
};
