import type { FastifyInstance } from 'fastify';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import { type PhotoEvidence, photoEvidenceOf } from '#practices/photo-evidence/server/photo-evidence.ts';
import { photoEvidenceContract } from '../model/photo-evidence.contract.ts';
import { evidenceOfCases } from '../model/repeat-rules.ts';
import { evidenceHandlers } from './evidence.handlers.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import { tellReused } from './reused.ts';

/** Photographs as evidence of vehicle cases, put together. */
export interface CaseEvidenceParts extends PhotoEvidence {
  mount(server: FastifyInstance, mount: MountParts): void;
}

/** Puts photographs as evidence together. Source: tender R03, R04; domain 2.6. */
export const evidenceOfCasesOver = (desk: EvidenceDesk): CaseEvidenceParts => ({
  ...photoEvidenceOf({ ...desk, profile: evidenceOfCases, onFound: tellReused(desk) }),
  mount: (server, mount) => mountContract(server, photoEvidenceContract, evidenceHandlers(desk), mount),
});
