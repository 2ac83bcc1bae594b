import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { qualificationRegistry } from './qualification.profile.ts';

/** So many penalties within the period that is looked back make an enterprise marked. Assumption: the owner says what is called bad. */
export const marksFrom = 2;

/** What such an enterprise is marked with, in lists. */
export const penalisedMark = '多次处罚';

/** A penalty as the data lake tells it. Days are `yyyy-MM-dd`, the sum in fen. */
export const penaltyView = z.object({
  penaltyNo: z.string(),
  department: z.string(),
  decidedOn: z.string(),
  basis: z.string().nullable(),
  content: z.string(),
  amountFen: z.int().nullable(),
  publicUntil: z.string().nullable(),
  /** The lake told of it before and does not any more. */
  withdrawn: z.boolean(),
});
/** See {@link penaltyView}. */
export type PenaltyView = z.output<typeof penaltyView>;

/** What is known of an enterprise's penalties, and how the asking stands: an unanswered question is never "none". */
export const penaltiesView = z.object({
  status: z.enum(['never', 'waiting', 'answered', 'refused', 'needs-person']),
  text: z.string(),
  askedAt: z.string().nullable(),
  /** How old the lake's copy was. */
  asOf: z.string().nullable(),
  rows: z.array(penaltyView),
  /** How many of them were decided since `recentSince` and stand. */
  recent: z.int(),
  recentSince: z.string(),
  marked: z.boolean(),
  askable: z.boolean(),
});
/** See {@link penaltiesView}. */
export type PenaltiesView = z.output<typeof penaltiesView>;

const id = z.string().min(1).max(64);
const { path } = qualificationRegistry;

/** Penalties beside the decision. Source: tender R13 (关联企业相关事件信息；不良企业标注), R61 (处罚信息). */
export const penaltyContract = {
  penalties: operation({
    id: 'elv.qualification.penalties',
    title: '查看企业行政处罚',
    source: tender(13, 61),
    method: 'GET',
    path: `${path}/{id}/penalties`,
    permission: 'elv.qualification:read',
    input: z.object({ id }),
    output: penaltiesView,
    errors: {},
    audit: 'none',
  }),
  askPenalties: operation({
    id: 'elv.qualification.askPenalties',
    title: '重新查询企业行政处罚',
    source: tender(13, 61),
    method: 'POST',
    path: `${path}/{id}/penalties/asking`,
    permission: 'elv.qualification:recheck',
    input: z.object({ id }),
    output: z.object({ asked: z.literal(true) }),
    errors: { WAITING: { status: 409, message: '正在查询，请等待数据湖答复' } },
    audit: 'write',
  }),
};
