import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { photographed, timesInOrder, verified, whole } from './vehicle-case.guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import type { VehicleCase } from './vehicle-case.record.ts';
import { dropReason, handedBack, reason, takesNoFrozen } from './vehicle-case.step-parts.ts';

const deregistrationCertificate = z.object({ certificateNo: z.string().min(1).max(60), issuedOn: z.iso.date() });

/** From the deregistration the yard reports to whoever collects its certificate. Source: tender R07, R57. */
export const deregistrationSteps = {
  reportDeregistration: {
    title: '填报注销信息',
    source: tender(7),
    by: 'dismantler',
    from: ['certified'],
    to: 'deregistering',
    signed: true,
    guards: [whole('deregistration'), photographed('deregistration'), timesInOrder('deregistration')],
    record: dropReason,
    consequence: '注销信息将上报全国系统，提交后不能修改。',
  },
  acceptDeregistration: {
    title: '取得注销证明',
    source: tender(7, 57),
    by: 'national',
    from: ['deregistering'],
    to: 'deregistered',
    input: deregistrationCertificate,
    effects: [telling(caseNotices.deregistered)],
    record: (record: VehicleCase, input: unknown): VehicleCase => ({
      ...record,
      deregistrationCertificate: deregistrationCertificate.parse(input),
    }),
  },
  refuseDeregistration: {
    title: '全国系统退回注销',
    source: tender(7, 57),
    by: 'national',
    from: ['deregistering'],
    to: 'certified',
    input: reason,
    newRound: true,
    ...handedBack,
    ...takesNoFrozen,
  },
  collect: {
    title: '登记领证人并办结',
    source: tender(7),
    by: 'dismantler',
    from: ['deregistered'],
    to: 'closed',
    signed: true,
    guards: [whole('collection'), photographed('collection'), verified('collector-identity')],
    record: dropReason,
    consequence: '办结后案卷只能查看，不能再修改。',
  },
} as const;
