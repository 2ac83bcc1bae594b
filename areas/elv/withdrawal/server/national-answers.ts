import type { AnswerHandler, CarriedMessage } from '#kernel/connector/answer-handler.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Engine, StepResult } from '#kernel/lifecycle/engine.ts';
import { type WithdrawalAction, withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { Withdrawal } from '../model/withdrawal.record.ts';
import type { FoundWithdrawal } from './withdrawal.store.ts';

/** Seconds until the yes of the national system is taken up again, where the case does not let go yet (it may be frozen). It is kept, not asked for again: the repetition may be answered by "done already". */
const tryAgainAfter = 600;

/**
 * What follows from the national system's answers about withdrawals. Only its yes lets a withdrawal be completed; its silence is no answer, and
 * the withdrawal waits in sight. Source: tender R09, R57.
 */
export const nationalAnswers = (
  engine: Engine<Withdrawal, FoundWithdrawal>,
): Readonly<Record<string, AnswerHandler>> => {
  const step = (
    tx: Tx,
    { id, caseId, traceId }: CarriedMessage,
    action: WithdrawalAction,
    input: object,
  ): Promise<StepResult<Withdrawal>> => {
    if (caseId === null) throw new Error('a withdrawal from the national system without its withdrawal');
    return engine.performIn(tx, {
      caseId,
      action,
      input,
      expectedVersion: undefined,
      stepKey: `${id}:${action}`.slice(0, 64),
      actor: {
        id: 'system:national',
        name: withdrawal.actors.national.title,
        organisationId: null,
        organisationName: null,
        ip: '',
      },
      traceId,
      mayAct: () => true,
    });
  };
  return {
    'national-circulation.withdraw-scrap-case': {
      answered: async (tx, message) => {
        const result = await step(tx, message, 'confirmNational', {});
        // Anything else than the case standing in the way means that the withdrawal has moved on without this answer.
        const held = result.outcome === 'refused' && result.refusals.every(({ why }) => why === 'guard');
        return held ? { takeAgainInSeconds: tryAgainAfter } : undefined;
      },
      refused: async (tx, message, { code, message: text }) => {
        await step(tx, message, 'refuseNational', {
          reason: `全国系统（${code}）：${text || '未说明原因'}`.slice(0, 500),
        });
      },
      givenUp: async () => undefined,
    },
  };
};
