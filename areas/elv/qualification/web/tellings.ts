import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { formatDay, formatMoment, formatMoney } from '#web-kit/format.ts';
import {
  type ComplaintsView,
  type ComplaintView,
  complaintContract,
  complaintKind,
  complaintStatusTitles,
} from '../model/complaints.ts';
import {
  type EnforcementEventView,
  type EnforcementView,
  enforcementContract,
  enforcementKind,
  enforcementKindTitles,
  enforcementMark,
} from '../model/enforcement.ts';
import {
  type PenaltiesView,
  type PenaltyView,
  penalisedMark,
  penaltyContract,
  penaltyKind,
} from '../model/penalties.ts';
import type { EventTelling } from './EventPanel.tsx';

/** The enterprise's penalties as the data lake tells them. Source: tender R13, R61. */
export const penaltyTelling: EventTelling<PenaltyView, PenaltiesView> = {
  title: '行政处罚',
  name: penaltyKind.name,
  ...clientOf(penaltyContract, transport),
  sentence: ({ recent, recentSince }) => `${recentSince} 以来${recent > 0 ? ` ${recent} 次` : '没有'}`,
  mark: penalisedMark,
  asOf: (moment) => `数据湖数据截至 ${formatDay(moment)}`,
  line: (one) => ({
    key: one.penaltyNo,
    head: [one.decidedOn, one.department],
    text: `${one.content}${one.amountFen === null ? '' : ` ${formatMoney(one.amountFen)}`}`,
    small: [one.penaltyNo, one.basis],
  }),
  gone: '数据湖已不再提供，可能已撤销',
};

/** The complaints about the enterprise as the hotline tells them. Source: tender R13, R56. */
export const complaintTelling: EventTelling<ComplaintView, ComplaintsView> = {
  title: '投诉工单（12345）',
  name: complaintKind.name,
  ...clientOf(complaintContract, transport),
  sentence: ({ counts, since }) =>
    counts.all === 0
      ? `${since} 以来没有`
      : `${since} 以来 ${counts.all} 件，未办结 ${counts.open} 件，查实 ${counts.upheld} 件`,
  asOf: (moment) => `热线数据截至 ${formatMoment(moment)}；不含来电人信息`,
  line: (one) => ({
    key: one.orderNo,
    head: [
      formatDay(one.acceptedAt),
      `${complaintStatusTitles[one.status] ?? one.status}${one.overdue && !one.withdrawn ? '（超期）' : ''}`,
    ],
    red: one.overdue,
    text: `${one.appealType}${one.category ? `：${one.category}` : ''}${one.finding ? `（${one.finding}）` : ''}`,
    small: [one.orderNo],
  }),
  gone: '热线已不再提供，可能已销单',
};

/** What the enforcement system tells of the enterprise. Source: tender R13. */
export const enforcementTelling: EventTelling<EnforcementEventView, EnforcementView> = {
  title: '执法事件',
  name: enforcementKind.name,
  ...clientOf(enforcementContract, transport),
  sentence: ({ cases, inspections, since }) =>
    cases.all + inspections === 0
      ? `${since} 以来没有`
      : `${since} 以来${cases.all === 0 ? '没有立案' : ` ${cases.all} 案，在办 ${cases.open} 案`}；检查 ${inspections} 次`,
  mark: enforcementMark,
  asOf: (moment) => `执法系统数据截至 ${formatMoment(moment)}；不取执法人员和被询问人姓名，事由和结果按执法系统原文`,
  line: (one) => ({
    key: one.eventNo,
    head: [
      `${one.happenedOn} ${enforcementKindTitles[one.kind] ?? one.kind}`,
      one.open === null ? '' : one.open ? '在办' : '已结案',
    ],
    red: one.open === true,
    text: `${one.matter}${one.result ? `：${one.result}` : ''}`,
    small: [one.caseNo, one.department],
  }),
  gone: '执法系统已不再提供，可能已撤销',
};
