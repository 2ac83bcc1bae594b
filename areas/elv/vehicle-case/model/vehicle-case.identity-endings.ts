import { assumption } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { acceptedKept, notBeforeDesk, notFoundWrong, wrongAndStanding } from './vehicle-case.identity-guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import { assertableStates, type VehicleCase } from './vehicle-case.record.ts';
import { keepReason, reason } from './vehicle-case.step-parts.ts';

const source = assumption(
  '更正车辆身份的申请在全国系统撤回原上报之前可以放弃或不予更正，案卷恢复为受理时的内容；认定错拆而全国系统不撤回的，可以终止；招标需求未写明',
);

/** Where the case goes on when nothing comes of the assertion: where it rested before. */
const backWhereItWas = {
  oneOf: assertableStates,
  choose: ({ identity }: VehicleCase) => identity?.accepted?.state ?? 'dismantling',
} as const;

/** What was asserted is given up and everything is as it was accepted; outside is asked again only what was asked about the asserted vehicle meanwhile. */
const restored = [
  { do: 'run', hook: 'restore-accepted' },
  { do: 'run', hook: 'ask-changed' },
] as const;

/** How an assertion comes to an end that cannot be, or need not be, carried out. Source: assumption, ADR 0053. */
export const identityEndings = {
  dropIdentity: {
    title: '放弃更正，恢复原身份',
    source,
    by: 'dismantler',
    from: ['identityCorrecting'],
    to: backWhereItWas,
    input: reason,
    signed: true,
    guards: [acceptedKept, notFoundWrong],
    effects: restored,
    record: (record: VehicleCase): VehicleCase => ({
      ...record,
      returnReason: record.identity?.accepted?.returnReason ?? null,
    }),
    consequence:
      '放弃后车证、所有人、代理人信息和照片恢复为申请更正之前的内容，案卷回到原来的状态；已出具的回收证明可以继续使用。',
  },
  dropIdentityDecision: {
    title: '不予更正，恢复原身份',
    source,
    by: 'commission',
    from: ['identityConfirming', 'identityReview'],
    to: backWhereItWas,
    input: reason,
    signed: true,
    apartFrom: ['passIdentity', 'rejectIdentity'],
    newRound: true,
    guards: [acceptedKept, notFoundWrong, notBeforeDesk],
    effects: [telling(caseNotices.identityDropped), ...restored],
    record: keepReason,
    consequence:
      '案卷恢复为申请更正之前的内容和状态，按原车架号、号牌继续办理；已出具的回收证明继续有效。全国系统已撤回原上报的，不能再恢复。',
  },
  endWithReportStanding: {
    title: '原上报未撤回，终止案卷',
    source,
    by: 'commission',
    from: ['identityReview'],
    to: 'wronglyDismantled',
    input: reason,
    signed: true,
    apartFrom: ['passIdentity', 'rejectIdentity'],
    guards: [wrongAndStanding],
    effects: [{ do: 'run', hook: 'take-back-told' }],
    record: (record: VehicleCase, input: unknown): VehicleCase => ({ ...keepReason(record, input), certificate: null }),
    consequence:
      '案卷就此终止，不能恢复。全国系统中的原上报和回收证明仍在，须由商务委与全国系统联系人工撤回；撤回之前申报车辆再次上报会被退回。',
  },
} as const;
