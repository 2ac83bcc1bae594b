import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { askedShape, type EventKind, eventContractOf } from './event.contract.ts';

/** How a work order of the hotline stands, in words; one that is not here is shown as it came. Source: domain 4.7. */
export const complaintStatusTitles: Readonly<Record<string, string>> = {
  dispatched: '已派发',
  returned: '已退单',
  signed: '已签收',
  'first-contacted': '已先行联系',
  'in-progress': '处理中',
  'extension-requested': '申请延期',
  replied: '已答复',
  visited: '已回访',
  closed: '已办结',
  redo: '重办',
};

/** What a work order must be to count as a complaint; people also ask, propose and praise. Source: domain 4.7. */
export const complaintTypes: readonly string[] = ['投诉', '举报'];

/** Statuses in which nobody works on a complaint any more; every other one, a word we do not know too, is open. */
export const endedComplaints: readonly string[] = ['returned', 'closed'];

/** What the hotline found where a complaint is right, wholly or in part. Source: domain 4.7. */
export const upheldFindings: readonly string[] = ['属实', '部分属实'];

/**
 * Complaints as the hotline tells them, without anything of who complained; for the authority only: an enterprise could guess who it was.
 * Source: tender R13 (与投诉平台对接), R56; 投诉举报处理暂行办法第三十三条.
 */
export const complaintKind: EventKind = {
  name: 'complaints',
  ask: 'askComplaints',
  title: '企业投诉工单',
  system: ' 12345 热线',
  source: tender(13, 56),
  reads: 'complaints',
  asks: 'complaints',
};

const complaintView = z.object({
  orderNo: z.string(),
  appealType: z.string(),
  category: z.string().nullable(),
  /** Moments are ISO. */
  acceptedAt: z.string(),
  resolveDeadline: z.string().nullable(),
  status: z.string(),
  finding: z.string().nullable(),
  /** Open past its deadline; derived, the hotline does not say so. */
  overdue: z.boolean(),
  /** The hotline told of it before and does not any more. */
  withdrawn: z.boolean(),
});
/** A complaint as it is shown. */
export type ComplaintView = z.output<typeof complaintView>;

const complaintsView = z.object({
  ...askedShape,
  /** The latest, newest first. */
  rows: z.array(complaintView),
  /** How many there are since `since`, how many of them are open and how many were found right. */
  counts: z.object({ all: z.int(), open: z.int(), upheld: z.int() }),
  since: z.string(),
});
/** What is known of the complaints about an enterprise. */
export type ComplaintsView = z.output<typeof complaintsView>;

/** Complaints beside the decision. Source: tender R13, R56. */
export const complaintContract = eventContractOf(complaintKind, complaintsView);
