import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';

const moment = z.iso.datetime();
const id = z.string().max(40);

/** A photograph of a yard as a reviewer weighs it. */
const weighedPhoto = z.object({
  photoId: z.string(),
  title: z.string(),
  mediaType: z.string(),
  fileName: z.string(),
  receivedAt: moment,
  operatorName: z.string(),
  /** By the camera's clock, as the file tells. */
  takenAt: moment.nullable(),
  /** By the clock of what sent it. */
  deviceTime: moment.nullable(),
  camera: z.string().nullable(),
  place: z.string().nullable(),
  /** From the enterprise's yard; null where either place is not known. */
  metresAway: z.number().nullable(),
  /** `waiting`: not looked at and compared yet; `unreadable`: no picture that can be looked at. */
  looked: z.enum(['waiting', 'done', 'unreadable']),
  oddities: z.array(
    z.object({ code: z.enum(['early', 'late', 'ahead', 'far', 'screenshot']), title: z.string(), reason: z.string() }),
  ),
});
/** See {@link weighedPhoto}. */
export type WeighedPhoto = z.output<typeof weighedPhoto>;

/** Two photographs of two cases that are the same or nearly so, seen from one of the cases. What the reader may not see of the other is null. */
const photoFinding = z.object({
  id: z.string(),
  kind: z.enum(['same', 'near', 'turned']),
  /** How like they are, in words. */
  words: z.string(),
  photoId: z.string(),
  title: z.string(),
  other: z.object({
    title: z.string(),
    case: z
      .object({ id: z.string(), caseNo: z.string(), enterpriseName: z.string(), sameVehicle: z.boolean() })
      .nullable(),
    /** Null as well where it has been taken out of its case. */
    photo: z
      .object({
        id: z.string(),
        mediaType: z.string(),
        fileName: z.string(),
        receivedAt: moment,
        operatorName: z.string(),
      })
      .nullable(),
  }),
  foundAt: moment,
  setAside: z.object({ at: moment, name: z.string(), reason: z.string() }).nullable(),
});
/** See {@link photoFinding}. */
export type PhotoFinding = z.output<typeof photoFinding>;

/** What a reviewer sees of a case's photographs as evidence. */
const caseEvidence = z.object({
  photos: z.array(weighedPhoto),
  findings: z.array(photoFinding),
  /** Whether the registry says where the enterprise's yard is. */
  yardKnown: z.boolean(),
  /** Further off than this is marked. Metres. */
  farMetres: z.number(),
  maySetAside: z.boolean(),
});
/** See {@link caseEvidence}. */
export type CaseEvidence = z.output<typeof caseEvidence>;

/** Photographs as evidence. Nothing of it keeps a case from going on. Source: tender R03, R04; domain 2.6. */
export const photoEvidenceContract = {
  ofCase: operation({
    id: 'elv.photo-evidence.ofCase',
    title: '查看照片核查情况',
    source: tender(3, 4),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/photo-evidence',
    permission: 'elv.photo-evidence:read',
    input: z.object({ id }),
    output: caseEvidence,
    errors: {},
    audit: 'none',
  }),
  setAside: operation({
    id: 'elv.photo-evidence.setAside',
    title: '认定照片重复无碍',
    source: tender(3, 4),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/photo-findings/{findingId}/set-aside',
    permission: 'elv.photo-evidence:setAside',
    input: z.object({ id, findingId: id, reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500) }),
    output: z.object({ id: z.string() }),
    errors: {
      SET_ASIDE: { status: 409, message: '这一项已有人认定无碍，请刷新页面查看' },
    },
    audit: 'write',
  }),
};
