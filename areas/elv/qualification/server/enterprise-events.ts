import type { FastifyInstance } from 'fastify';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { complaintContract } from '../model/complaints.ts';
import { enforcementContract } from '../model/enforcement.ts';
import { penaltyContract } from '../model/penalties.ts';
import { complaintSource } from './complaints.ts';
import { enforcementSource } from './enforcement.ts';
import { eventHandlers } from './event.handlers.ts';
import { askDaily, type EventSource } from './event-source.ts';
import { penaltySource } from './penalties.ts';

/** All that is asked about an enterprise. Source: tender R13 (与投诉平台、执法系统对接). */
export const eventSources: readonly EventSource[] = [penaltySource, complaintSource, enforcementSource];

/** What happens with enterprises elsewhere, put together: what is served of it, what is answered, what is asked daily. */
export interface EnterpriseEvents {
  mount(server: FastifyInstance, mount: MountParts): void;
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  askDaily(onFailure: (error: unknown, about: object) => void): Promise<void>;
}

/** Penalties, complaints and events of enforcement over the desk of qualifications. Source: tender R13. */
export const enterpriseEventsOf = (desk: RegistryDesk): EnterpriseEvents => ({
  mount: (server, mount) => {
    mountContract(server, penaltyContract, eventHandlers(desk, penaltySource), mount);
    mountContract(server, complaintContract, eventHandlers(desk, complaintSource), mount);
    mountContract(server, enforcementContract, eventHandlers(desk, enforcementSource), mount);
  },
  answers: {
    'data-lake.list-penalties': penaltySource.answers(desk.clock),
    'hotline.list-work-orders': complaintSource.answers(desk.clock),
    'enforcement.list-events': enforcementSource.answers(desk.clock),
  },
  askDaily: async (onFailure) => {
    for (const source of eventSources)
      await askDaily(desk, source, onFailure).catch((error) => onFailure(error, { kind: source.kind.name }));
  },
});
