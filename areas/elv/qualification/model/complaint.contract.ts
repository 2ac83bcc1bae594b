import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { qualificationRegistry } from './qualification.profile.ts';

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

/** A complaint as the hotline tells it, without anything of who complained. Moments are ISO. */
export const complaintView = z.object({
  orderNo: z.string(),
  appealType: z.string(),
  category: z.string().nullable(),
  acceptedAt: z.string(),
  resolveDeadline: z.string().nullable(),
  status: z.string(),
  finding: z.string().nullable(),
  /** Open past its deadline; derived, the hotline does not say so. */
  overdue: z.boolean(),
  /** The hotline told of it before and does not any more. */
  withdrawn: z.boolean(),
});
/** See {@link complaintView}. */
export type ComplaintView = z.output<typeof complaintView>;

/** What is known of the complaints about an enterprise, and how the asking stands: an unanswered question is never "none". */
export const complaintsView = z.object({
  status: z.enum(['never', 'waiting', 'answered', 'refused', 'needs-person']),
  text: z.string(),
  askedAt: z.string().nullable(),
  /** When the hotline made its list. */
  asOf: z.string().nullable(),
  /** The latest, newest first. */
  rows: z.array(complaintView),
  /** How many there are since `since`, how many of them are open and how many were found right. */
  counts: z.object({ all: z.int(), open: z.int(), upheld: z.int() }),
  since: z.string(),
  askable: z.boolean(),
});
/** See {@link complaintsView}. */
export type ComplaintsView = z.output<typeof complaintsView>;

const id = z.string().min(1).max(64);
const { path } = qualificationRegistry;

/**
 * Complaints beside the decision, for the authority only: an enterprise could guess who complained. Source: tender R13 (与投诉平台对接，关联企业相关事件信息), R56;
 * 投诉举报处理暂行办法第三十三条.
 */
export const complaintContract = {
  complaints: operation({
    id: 'elv.qualification.complaints',
    title: '查看企业投诉工单',
    source: tender(13, 56),
    method: 'GET',
    path: `${path}/{id}/complaints`,
    permission: 'elv.qualification:complaints',
    input: z.object({ id }),
    output: complaintsView,
    errors: {},
    audit: 'none',
  }),
  askComplaints: operation({
    id: 'elv.qualification.askComplaints',
    title: '重新查询企业投诉工单',
    source: tender(13, 56),
    method: 'POST',
    path: `${path}/{id}/complaints/asking`,
    permission: 'elv.qualification:complaints',
    input: z.object({ id }),
    output: z.object({ asked: z.literal(true) }),
    errors: { WAITING: { status: 409, message: '正在查询，请等待 12345 热线答复' } },
    audit: 'write',
  }),
};
