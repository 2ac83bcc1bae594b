import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { answeredAndAllowed } from './vehicle-case.guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import { isRegistered, type VehicleCase } from './vehicle-case.record.ts';
import { dropReason, handedBack, keepReason, reason, takesNoFrozen } from './vehicle-case.step-parts.ts';

const certificate = z.object({
  certificateNo: z.string().min(1).max(40),
  issuedOn: z.iso.date(),
  qrUrl: z.string().max(300).nullable(),
});

/** A dismantled vehicle is reported to the national system until it gives the certificate. Source: tender R05, R06, R57. */
export const reportingSteps = {
  certify: {
    title: '取得回收证明',
    source: tender(6, 57),
    by: 'national',
    from: ['reporting'],
    input: certificate,
    to: {
      oneOf: ['certified', 'closed'],
      choose: (record: VehicleCase) => (isRegistered(record) ? 'certified' : 'closed'),
    },
    effects: [telling(caseNotices.certified)],
    record: (record: VehicleCase, input: unknown): VehicleCase => ({
      ...record,
      certificate: certificate.parse(input),
    }),
  },
  refuseReport: {
    title: '全国系统退回上报',
    source: tender(57),
    by: 'national',
    from: ['reporting'],
    to: 'reportRefused',
    input: reason,
    ...takesNoFrozen,
    record: keepReason,
  },
  resendReport: {
    title: '重新上报',
    source: tender(5),
    by: 'commission',
    from: ['reportRefused'],
    to: 'reporting',
    signed: true,
    guards: [answeredAndAllowed('required')],
    newRound: true,
    record: dropReason,
    consequence: '案卷将按现有内容再次上报全国系统。',
  },
  returnReport: {
    title: '退回企业补正拆解信息',
    source: tender(5),
    by: 'commission',
    from: ['reportRefused'],
    to: 'dismantling',
    input: reason,
    signed: true,
    newRound: true,
    ...handedBack,
    consequence: '退回后由企业按原因修改，再重新提交。',
  },
} as const;
