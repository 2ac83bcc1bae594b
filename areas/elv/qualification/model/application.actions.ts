import { z } from 'zod';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import type { RegistryProfile } from '#practices/registry/model/profile.ts';
import { attached, consistent, heardOfRegister, standing, whole } from '#practices/registry/model/registry.guards.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { qualificationForms, schemaOf, textOf } from './qualification.forms.ts';
import { matterFits, notBarred, notExtended, nothingToVisit, visitPassed } from './qualification.guards.ts';
import { qualificationNotices } from './qualification.notices.ts';
import { write, writtenOf } from './written.ts';

/** A reason that must be given. */
export const reason = z.object({
  reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字'),
});
const opinion = z.object({ reason: z.string().trim().max(500, '意见最多 500 个字').optional() });
const licensing = '行政许可法';

/** The record with the reason the enterprise is to read. */
export const keepReason = (record: RegistryCase, input: unknown): RegistryCase => ({
  ...record,
  returnReason: reason.parse(input).reason,
});

const filed = (record: RegistryCase): RegistryCase => ({ ...record, returnReason: null });
const received = (record: RegistryCase, _: unknown, now: Date): RegistryCase =>
  write(filed(record), { receivedAt: now.toISOString() });
const begunAnew = (record: RegistryCase): RegistryCase =>
  write(filed(record), {
    acceptedAt: null,
    onSiteSince: null,
    onSiteUntil: null,
    visitConclusion: null,
    extended: false,
  });

/** What a new application begins with: the certificate is the decision's to write. */
const appliedAgain = (record: RegistryCase): RegistryCase => {
  const fresh = begunAnew(record);
  return { ...fresh, sections: { ...fresh.sections, certificate: {} } };
};

/** A refused change leaves the enterprise where it stands; a refused first application leaves it without. */
const backOrOut = {
  oneOf: ['qualified', 'refused'] as const,
  choose: (record: RegistryCase): 'qualified' | 'refused' => (record.standing ? 'qualified' : 'refused'),
};

const fallBack = { do: 'run', hook: 'restore-standing' } as const;
const { steps: told } = qualificationNotices;
const submission = [
  { do: 'run', hook: 'check-renewal' },
  { do: 'run', hook: 'note-organisation' },
  { do: 'run', hook: 'ask-register' },
  { do: 'run', hook: 'ask-events' },
] as const;

/** Where what the enterprise files may be refused for, all at once. */
const sound = (profile: RegistryProfile) => [
  whole(profile),
  consistent(profile),
  attached(profile),
  matterFits,
  notBarred,
];

/** What the enterprise does with its application. Source: tender R10, R12. */
export const filingActions = (profile: RegistryProfile) =>
  ({
    submit: {
      title: '提交申请',
      source: tender(10),
      by: 'applicant',
      from: ['drafting'],
      to: 'submitted',
      guards: sound(profile),
      record: received,
      effects: submission,
      consequence: '提交后由商务委受理审查，申请内容不能再改动',
      signed: true,
    },
    resubmit: {
      title: '提交补正',
      source: rule(licensing, '第三十二条第一款第（四）项'),
      by: 'applicant',
      from: ['supplementing'],
      to: 'submitted',
      guards: sound(profile),
      record: received,
      effects: submission,
      signed: true,
    },
    abandonChange: {
      title: '放弃变更',
      source: assumption('企业可在提交前放弃变更', '0032'),
      by: 'applicant',
      from: ['drafting'],
      to: 'qualified',
      consequence: '本次填写的变更内容不再保留，原资质内容不变',
      guards: [standing],
      record: filed,
      effects: [fallBack],
    },
    beginChange: {
      title: '申请变更或延续',
      source: rule(licensing, '第四十九条、第五十条'),
      by: 'applicant',
      from: ['qualified'],
      to: 'drafting',
      record: begunAnew,
      newRound: true,
    },
    applyAgain: {
      title: '重新申请',
      source: tender(10),
      by: 'applicant',
      from: ['refused', 'revoked', 'annulled', 'cancelled'],
      to: 'drafting',
      guards: [notBarred],
      record: appliedAgain,
      newRound: true,
    },
  }) as const;

const visited = (record: RegistryCase, input: unknown, now: Date): RegistryCase =>
  write(record, { visitConclusion: textOf(input, 'conclusion'), onSiteUntil: now.toISOString() });

/** What the authority does before it decides. Source: tender R11. */
export const reviewActions = {
  accept: {
    title: '受理',
    source: rule(licensing, '第三十二条第一款第（五）项'),
    by: 'officer',
    from: ['submitted'],
    to: 'reviewing',
    input: opinion,
    record: (record: RegistryCase, _: unknown, now: Date) => write(record, { acceptedAt: now.toISOString() }),
    effects: [telling(told.accepted)],
    consequence: '受理后开始计算决定期限（20 个工作日，现场评审时间不计）；逾期受理的，自收到申请之日起计算',
    signed: true,
  },
  requestSupplement: {
    title: '一次告知补正',
    source: rule(licensing, '第三十二条第一款第（四）项'),
    by: 'officer',
    from: ['submitted'],
    to: 'supplementing',
    input: schemaOf(qualificationForms.requestSupplement),
    record: (record: RegistryCase, input: unknown) => ({ ...record, returnReason: textOf(input, 'items') }),
    effects: [telling(told.supplement)],
    consequence: '须一次告知需要补正的全部内容',
    signed: true,
    newRound: true,
  },
  declineApplication: {
    title: '不予受理',
    source: rule(licensing, '第三十二条第一款第（一）项、第（二）项'),
    by: 'officer',
    from: ['submitted'],
    to: backOrOut,
    input: reason,
    record: keepReason,
    consequence: '只用于依法不需要许可或不属于本机关职权的申请；本次申请就此结束',
    effects: [fallBack, telling(told.declined)],
    signed: true,
  },
  passReview: {
    title: '审查通过，转现场评审',
    source: rule(licensing, '第三十四条'),
    by: 'officer',
    from: ['reviewing'],
    to: 'onSite',
    input: schemaOf(qualificationForms.passReview),
    record: (record: RegistryCase, _: unknown, now: Date) =>
      write(record, { onSiteSince: now.toISOString(), onSiteUntil: null, visitConclusion: null }),
    guards: [heardOfRegister(tender(10, 11))],
    consequence: '现场评审时间不计入决定期限（行政许可法第四十五条）',
    signed: true,
  },
  passOnPapers: {
    title: '书面审查通过，报决定',
    source: assumption('不涉及场地、能力、人员的变更可只作书面审查', '0032'),
    by: 'officer',
    from: ['reviewing'],
    to: 'deciding',
    input: schemaOf(qualificationForms.passOnPapers),
    guards: [heardOfRegister(tender(10, 11)), nothingToVisit],
    signed: true,
  },
  recordOnSite: {
    title: '提交现场评审记录',
    source: rule(licensing, '第三十四条第三款'),
    by: 'officer',
    from: ['onSite'],
    to: {
      oneOf: ['onSite', 'deciding'] as const,
      choose: (record: RegistryCase): 'onSite' | 'deciding' =>
        writtenOf(record).visitConclusion === 'rectify' ? 'onSite' : 'deciding',
    },
    input: schemaOf(qualificationForms.recordOnSite),
    record: visited,
    consequence: '结论为“整改后复核”的，待企业整改后再次评审；其余转决定',
    signed: true,
  },
} as const;

/** The decision. Source: tender R11; 行政许可法第三十八条. */
export const decisionActions = {
  extend: {
    title: '延长决定期限',
    source: rule(licensing, '第四十二条'),
    by: 'decider',
    from: ['deciding'],
    to: 'deciding',
    input: reason,
    record: (record: RegistryCase) => write(record, { extended: true }),
    guards: [notExtended],
    effects: [telling(told.extended)],
    consequence: '只能延长一次（10 个工作日），理由告知企业',
    signed: true,
  },
  grant: {
    title: '准予并发证',
    source: rule(licensing, '第三十八条第一款'),
    by: 'decider',
    from: ['deciding'],
    to: 'qualified',
    input: opinion,
    record: filed,
    guards: [heardOfRegister(tender(10, 11)), visitPassed],
    effects: [
      { do: 'run', hook: 'issue-certificate' },
      { do: 'run', hook: 'enter-registry' },
      { do: 'run', hook: 'note-standing' },
      telling(told.granted),
    ],
    consequence: '准予后即生成资质认定书；变更的，变更内容即时生效',
    signed: true,
    apartFrom: ['passReview', 'passOnPapers', 'recordOnSite'],
  },
  refuse: {
    title: '不予许可',
    source: rule(licensing, '第三十八条第二款'),
    by: 'decider',
    from: ['deciding'],
    to: backOrOut,
    input: reason,
    record: keepReason,
    effects: [fallBack, telling(told.refused)],
    consequence: '须说明理由并告知复议、诉讼权利；已有资质的企业保持原资质',
    signed: true,
    apartFrom: ['passReview', 'passOnPapers', 'recordOnSite'],
  },
} as const;
