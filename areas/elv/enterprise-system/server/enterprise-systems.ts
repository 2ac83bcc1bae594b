import type { FastifyInstance } from 'fastify';
import { enterpriseSystems as connector } from '#connectors/enterprise-system/exchanges.ts';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { SignedDoorParts } from '#kernel/contract/signed-door.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import { enterpriseSystemContract, systemStepContract } from '../model/enterprise-system.contract.ts';
import { stillInForce, systemsDoor } from './callers.ts';
import { findSystem } from './enterprise-system.store.ts';
import { systemEngine } from './flow.ts';
import { systemHandlers, systemStepHandlers } from './system.handlers.ts';
import type { SystemDesk, SystemParts } from './system-desk.ts';
import { accessRowOf } from './system-view.ts';
import { eventAnswers, wireToSystems } from './webhooks.ts';

/** Enterprises' systems put together. */
export interface EnterpriseSystems {
  readonly desk: SystemDesk;
  mount(server: FastifyInstance, parts: MountParts): void;
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly accessTarget: AccessTarget;
  /** The door by which the systems call. */
  readonly door: SignedDoorParts;
  /** Whether a system that came in still may, where something it sent is kept. */
  readonly stillInForce: ReturnType<typeof stillInForce>;
  /** The way to them, by the id of its connector. */
  readonly wires: Readonly<Record<string, Wire>>;
}

/** Puts enterprises' systems together. */
export const enterpriseSystemsOf = (parts: SystemParts): EnterpriseSystems => {
  const desk = { ...parts, engine: systemEngine(parts), verifySignature: rememberedVerdicts(parts.crypto) };
  return {
    desk,
    mount: (server, mount) => {
      mountContract(server, enterpriseSystemContract, systemHandlers(desk), mount);
      mountContract(server, systemStepContract, systemStepHandlers(desk), mount);
    },
    answers: { [`${connector.id}.case-event`]: eventAnswers },
    accessTarget: {
      find: async (known) => {
        const system = await findSystem(parts.db, known);
        return system && { row: accessRowOf(system.row), title: system.record.name };
      },
    },
    door: systemsDoor(parts),
    stillInForce: stillInForce(parts),
    wires: { [connector.id]: wireToSystems(parts) },
  };
};
