import type { FastifyInstance } from 'fastify';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import { citizenContract } from '../model/citizen.contract.ts';
import { citizenStepContract } from '../model/citizen.steps.ts';
import { citizenApplicationContract, citizenApplicationSteps } from '../model/citizen-application.contract.ts';
import { findByNumber, listOverdue } from './application.store.ts';
import type { CitizenDesk, CitizenParts } from './citizen-parts.ts';
import { citizenSubjects } from './citizen-sessions.ts';
import { citizenSignIn } from './citizen-sign-in.ts';
import { offeredHandlers, offeredStepHandlers } from './desk.handlers.ts';
import { accessRowOf } from './desk-access.ts';
import { eraseDrafts } from './drafts.ts';
import { citizenApplicationEngine } from './flow.ts';
import { ownHandlers } from './own.handlers.ts';
import { ownConsentHandlers } from './own-consent.handlers.ts';
import { ownPhotoHandlers } from './own-photo.handlers.ts';
import { ownStepHandlers } from './own-step.handlers.ts';
import { oneStopAnswers } from './write-back.ts';

/** Citizens' applications put together. */
export interface CitizenApplications {
  readonly desk: CitizenDesk;
  mount(server: FastifyInstance, mount: MountParts): void;
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly accessTarget: AccessTarget;
  /** Frees the applications whose enterprise has let its period pass; answers how many. */
  expire(): Promise<number>;
  /** Erases drafts whose time has passed; answers how many. */
  eraseDrafts(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

const expireEveryMs = 60_000;
const eraseEveryMs = 3_600_000;
const atOnce = 50;

const expiringOver =
  ({ db, clock, engine, nudge, onFailure }: CitizenDesk) =>
  async (): Promise<number> => {
    const ids = await listOverdue(db, clock.now(), atOnce);
    let freed = 0;
    for (const id of ids) {
      const now = clock.now();
      const request: Parameters<typeof engine.perform>[0] = {
        caseId: id,
        action: 'expire',
        input: {},
        expectedVersion: undefined,
        stepKey: `expire:${now.getTime()}`,
        actor: { id: 'system:expiry', name: '系统', organisationId: null, organisationName: null, ip: '' },
        traceId: `expire-${id}`,
        // Asked under lock: handed in anew meanwhile, it has a period of its own.
        mayAct: ({ row }) => row.deadline_at !== null && row.deadline_at < now,
      };
      try {
        const { outcome } = await engine.perform(request);
        if (outcome === 'done') freed += 1;
      } catch (error) {
        // One that cannot be freed keeps nobody else waiting.
        onFailure(error, { application: id });
      }
    }
    if (freed > 0) nudge();
    return freed;
  };

/** Puts citizens' applications together. Source: tender R62. */
export const citizenApplicationsOf = (parts: CitizenParts): CitizenApplications => {
  const desk: CitizenDesk = { ...parts, engine: citizenApplicationEngine(parts) };
  const expire = expiringOver(desk);
  const expiring = parts.jobs.repeat('citizen-application-expiry', expireEveryMs, expire);
  const erasing = parts.jobs.repeat('citizen-draft-erasing', eraseEveryMs, () => eraseDrafts(desk));
  return {
    desk,
    mount: (server, mount) => {
      const subjectOf = citizenSubjects(desk);
      const { whyEnded: _ofAccounts, ...rest } = mount;
      const citizens: MountParts = { ...rest, subjectOf, door: 'citizen' };
      const own = {
        ...citizenSignIn(desk),
        ...ownHandlers(desk),
        ...ownPhotoHandlers(desk),
        ...ownConsentHandlers(desk),
      };
      mountContract(server, citizenContract, own, citizens);
      mountContract(server, citizenStepContract, ownStepHandlers(desk), citizens);
      mountContract(server, citizenApplicationContract, offeredHandlers(desk), mount);
      mountContract(server, citizenApplicationSteps, offeredStepHandlers(desk), mount);
    },
    answers: oneStopAnswers,
    accessTarget: {
      find: async (known) => {
        const row = await findByNumber(parts.db, known);
        const enterprise =
          row?.enterprise_id == null ? undefined : await parts.organisations.find(parts.db, row.enterprise_id);
        return row && { row: accessRowOf(row, enterprise?.districtCode), title: row.application_no };
      },
    },
    expire,
    eraseDrafts: () => eraseDrafts(desk),
    start: () => {
      expiring.start();
      erasing.start();
    },
    stop: async () => {
      await Promise.all([expiring.stop(), erasing.stop()]);
    },
  };
};
