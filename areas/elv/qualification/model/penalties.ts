import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { askedShape, type EventKind, eventContractOf } from './event.contract.ts';

/** So many penalties within the period that is looked back make an enterprise marked. Assumption: the owner says what is called bad. */
export const marksFrom = 2;

/** What such an enterprise is marked with, in lists. */
export const penalisedMark = '多次处罚';

/** Penalties as the data lake tells them. Published as they are, they are shown to whoever may see the enterprise. Source: tender R13 (不良企业标注), R61 (处罚信息). */
export const penaltyKind: EventKind = {
  name: 'penalties',
  ask: 'askPenalties',
  title: '企业行政处罚',
  system: '数据湖',
  source: tender(13, 61),
  reads: 'read',
  asks: 'recheck',
};

const penaltyView = z.object({
  penaltyNo: z.string(),
  department: z.string(),
  /** Days are `yyyy-MM-dd`. */
  decidedOn: z.string(),
  basis: z.string().nullable(),
  content: z.string(),
  amountFen: z.int().nullable(),
  publicUntil: z.string().nullable(),
  /** The lake told of it before and does not any more. */
  withdrawn: z.boolean(),
});
/** A penalty as it is shown. */
export type PenaltyView = z.output<typeof penaltyView>;

const penaltiesView = z.object({
  ...askedShape,
  rows: z.array(penaltyView),
  /** How many of them were decided since `recentSince` and stand. */
  recent: z.int(),
  recentSince: z.string(),
});
/** What is known of an enterprise's penalties. */
export type PenaltiesView = z.output<typeof penaltiesView>;

/** Penalties beside the decision. Source: tender R13, R61. */
export const penaltyContract = eventContractOf(penaltyKind, penaltiesView);
