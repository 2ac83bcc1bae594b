import type { FastifyInstance } from 'fastify';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { complaintContract } from '../model/complaint.contract.ts';
import { penaltyContract } from '../model/penalty.contract.ts';
import { complaintHandlers } from './complaint.handlers.ts';
import { complaintAnswers, complaintQuestion } from './complaints.ts';
import { penaltyAnswers, penaltyQuestion } from './penalties.ts';
import { penaltyHandlers } from './penalty.handlers.ts';
import { askDaily } from './questions.ts';

/** What happens with enterprises elsewhere, put together: what is served of it, what is answered, what is asked daily. */
export interface EnterpriseEvents {
  readonly operations: readonly Operation[];
  mount(server: FastifyInstance, mount: MountParts): void;
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  askDaily(onFailure: (error: unknown, about: object) => void): Promise<void>;
}

/** Penalties and complaints over the desk of qualifications. Source: tender R13. */
export const enterpriseEventsOf = (desk: RegistryDesk): EnterpriseEvents => ({
  operations: [...Object.values<Operation>(penaltyContract), ...Object.values<Operation>(complaintContract)],
  mount: (server, mount) => {
    mountContract(server, penaltyContract, penaltyHandlers(desk), mount);
    mountContract(server, complaintContract, complaintHandlers(desk), mount);
  },
  answers: {
    'data-lake.list-penalties': penaltyAnswers(desk.clock),
    'hotline.list-work-orders': complaintAnswers(desk.clock),
  },
  askDaily: async (onFailure) => {
    for (const kind of [penaltyQuestion, complaintQuestion])
      await askDaily(desk, kind, onFailure).catch((error) => onFailure(error, { kind: kind.name }));
  },
});
