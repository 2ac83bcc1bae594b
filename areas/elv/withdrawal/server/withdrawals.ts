import type { FastifyInstance } from 'fastify';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import { withdrawalContract } from '../model/withdrawal.contract.ts';
import { withdrawalStepContract } from '../model/withdrawal.steps.ts';
import { withdrawalEngine } from './flow.ts';
import { nationalAnswers } from './national-answers.ts';
import { paperHandlers } from './paper.handlers.ts';
import { withdrawalStepHandlers } from './step.handlers.ts';
import { withdrawalHandlers } from './withdrawal.handlers.ts';
import { findByNumber } from './withdrawal.store.ts';
import { accessRowOf } from './withdrawal-access.ts';
import type { WithdrawalDesk, WithdrawalParts } from './withdrawal-desk.ts';

/** Withdrawals put together: what the area serves of them, and what follows from outside messages. */
export interface Withdrawals {
  readonly desk: WithdrawalDesk;
  mount(server: FastifyInstance, mount: MountParts): void;
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly accessTarget: AccessTarget;
}

/** Puts withdrawals together. Source: tender R08, R09. */
export const withdrawalsOf = (parts: WithdrawalParts): Withdrawals => {
  const desk: WithdrawalDesk = {
    ...parts,
    engine: withdrawalEngine(parts),
    verifySignature: rememberedVerdicts(parts.crypto),
  };
  return {
    desk,
    mount: (server, mount) => {
      mountContract(server, withdrawalContract, { ...withdrawalHandlers(desk), ...paperHandlers(desk) }, mount);
      mountContract(server, withdrawalStepContract, withdrawalStepHandlers(desk, withdrawalStepContract), mount);
    },
    answers: nationalAnswers(desk.engine),
    accessTarget: {
      find: async (known) => {
        const row = await findByNumber(parts.db, known);
        return row && { row: accessRowOf(row), title: row.withdrawal_no };
      },
    },
  };
};
