import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { type WithdrawalAction, withdrawal } from './withdrawal.lifecycle.ts';

const id = z.string().min(1).max(64);

/** The one shape of a step call. */
export const withdrawalStepInput = z.object({
  id,
  version: z.int(),
  /** The same again for a repeated send of the same click: the first result is answered. */
  key: z.uuid(),
  input: z.record(z.string(), z.unknown()).default({}),
});

/** What a step answers: the new state and, for reviewers, the next withdrawal that waits for them. */
export const withdrawalStepOutput = z.object({
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  nextId: id.nullable(),
  /** The case the vehicle was taken over into. */
  successorCaseId: id.nullable(),
});

const errors = {
  REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '撤销申请在您打开之后已有变化，请查看最新内容后再办理' },
} as const;

const stepOf = (action: WithdrawalAction) =>
  operation({
    id: `elv.withdrawal.${action}`,
    title: `撤销申请：${withdrawal.actions[action].title}`,
    source: withdrawal.actions[action].source,
    method: 'POST',
    path: `/elv/withdrawals/{id}/steps/${action}`,
    permission: `elv.withdrawal:${action}`,
    input: withdrawalStepInput,
    output: withdrawalStepOutput,
    errors,
    audit: 'write',
  });

/** The actions that people take. */
export type PeopleAction = Exclude<WithdrawalAction, 'confirmNational' | 'refuseNational'>;

/** One operation for each action that people take; action, permission, route and button share a name. Source: tender R08, R09. */
export const withdrawalStepContract = Object.freeze(
  Object.fromEntries(
    Object.entries(withdrawal.actions)
      .filter(([, { by }]) => withdrawal.actors[by].stands !== 'outside-system')
      // Entries of the definition carry its own names.
      .map(([action]) => [action, stepOf(action as WithdrawalAction)]),
  ),
) as Readonly<Record<PeopleAction, ReturnType<typeof stepOf>>>;
