import { assumption, rule } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { answeredAndAllowed, notAcceptedElsewhere } from './vehicle-case.guards.ts';
import { deskFound, heldToBeWrong, noDeregistration, registeredAsBefore } from './vehicle-case.identity-guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import { elvPeriods } from './vehicle-case.periods.ts';
import { assertableStates, type IdentityFinding, isRegistered, type VehicleCase } from './vehicle-case.record.ts';
import {
  dropReason,
  fitToHandIn,
  handedBack,
  keepReason,
  opinion,
  reason,
  takesNoFrozen,
} from './vehicle-case.step-parts.ts';

const source = assumption(
  '车辆拆解后发现车架号或号牌登记错误的，由企业举证申请、车管复核、商务委确认，原上报和回收证明撤回后按真实车辆重新办理；招标需求未写明',
);
const regulation = rule('报废机动车回收管理办法（国务院令第715号）', '第十条');

/** Where a case rests while the identity of its vehicle is in question, and where it ends when another vehicle was dismantled. */
export const identityStates = {
  identityCorrecting: {
    title: '更正车辆身份',
    kind: 'work',
    publicStage: '拆解',
    editable: ['papers', 'owner', 'agent'],
  },
  identityReview: {
    title: '车管身份更正复核',
    kind: 'work',
    deadline: elvPeriods.identityReview,
    onEnter: [{ do: 'run', hook: 'ask-comparison' }],
  },
  identityConfirming: { title: '商委身份更正确认', kind: 'work', deadline: elvPeriods.identityConfirm },
  identityTakingBack: {
    title: '撤回原上报',
    kind: 'wait',
    onEnter: [{ do: 'send', connector: 'national-circulation', exchange: 'withdraw-scrap-case' }],
  },
  wronglyDismantled: {
    title: '错拆终止',
    kind: 'final',
    publicStage: '终止',
    onEnter: [{ do: 'run', hook: 'release-vehicle' }],
  },
} as const;

/** Whether a case rests where the identity of its vehicle is in question: its certificate names another than its papers by then, and is not printed. */
export const isIdentityInQuestion = (state: string): boolean =>
  state.startsWith('identity') && Object.hasOwn(identityStates, state);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The record with what the vehicle desk holds of the asserted identity; a wrong vehicle it holds until it agrees. */
const found =
  (finding: IdentityFinding) =>
  (record: VehicleCase): VehicleCase => {
    if (!record.identity) return record;
    const { heldWrong: held, notTakenBack: no, ...identity } = record.identity;
    const isWrong = finding === 'rejected' || (finding === null && held);
    return {
      ...record,
      identity: {
        ...identity,
        finding,
        ...(isWrong ? { heldWrong: true } : {}),
        // Of what is handed in anew nothing has been asked back yet.
        ...(no && finding !== null ? { notTakenBack: true } : {}),
      },
    };
  };

/** The record of a case that goes on as another's: as what it was accepted is history from then on. */
const settled = (record: VehicleCase): VehicleCase => {
  if (!record.identity) return record;
  const { accepted: _accepted, earlier: _earlier, notTakenBack: _no, heldWrong: _held, ...identity } = record.identity;
  return { ...record, identity };
};

/** What was reported goes back first; what never was needs no taking back. */
const reportedOr = <const S extends string>(otherwise: S) => ({
  oneOf: ['identityTakingBack', otherwise] as const,
  choose: ({ externalCaseId }: VehicleCase) => (externalCaseId === null ? otherwise : 'identityTakingBack'),
});

/**
 * What becomes of a case whose vehicle is being dismantled or gone, when the frame number or the plate on record proves wrong. The yard shows what the
 * vehicle truly was, the vehicle desk holds it against the police's files, the commission decides: the case is done again from the dismantling under the
 * true identity, or ends, since another vehicle was dismantled than the one handed in. Source: assumption; Regulation 715 art. 10, 13.
 */
export const identitySteps = {
  requestIdentity: {
    title: '申请更正车辆身份',
    source,
    by: 'dismantler',
    from: assertableStates,
    to: 'identityCorrecting',
    input: reason,
    signed: true,
    newRound: true,
    guards: [noDeregistration],
    effects: [{ do: 'run', hook: 'note-accepted' }],
    record: (record: VehicleCase, input: unknown): VehicleCase => ({
      ...record,
      returnReason: null,
      // What the commission lowered was another vehicle.
      supervision: { ...record.supervision, lowered: false },
      identity: {
        reason: reason.parse(input).reason,
        finding: null,
        registered: isRegistered(record),
        certificateNo: record.certificate?.certificateNo ?? null,
        // As the papers say; what was accepted is put in by the hook, since a correction may have begun to say something else.
        was: { vin: text(record.sections.papers.vin), plateNo: text(record.sections.papers.plateNo) },
        ...(record.identity ? { earlier: record.identity } : {}),
      },
    }),
    consequence:
      '仅用于车架号或号牌登记错误。申请后须经车管复核、商务委确认；确认后已上报的将撤回，已出具的回收证明作废，拆解信息须重新提交审核。提交之前可以放弃，恢复原身份。',
  },
  submitIdentity: {
    title: '提交身份更正',
    source,
    by: 'dismantler',
    from: ['identityCorrecting'],
    to: 'identityReview',
    signed: true,
    guards: [...fitToHandIn, registeredAsBefore],
    effects: [
      { do: 'run', hook: 'claim-asserted' },
      { do: 'run', hook: 'judge-supervision' },
    ],
    record: (record: VehicleCase): VehicleCase => found(null)(dropReason(record)),
    consequence: '提交后与公安信息重新比对，由车管复核，再由商务委确认。',
  },
  passIdentity: {
    title: '同意身份更正',
    source,
    by: 'vehicleDesk',
    from: ['identityReview'],
    to: 'identityConfirming',
    input: opinion,
    signed: true,
    guards: [answeredAndAllowed('required'), notAcceptedElsewhere],
    record: found('agreed'),
    consequence: '同意后交商务委确认。',
  },
  rejectIdentity: {
    title: '认定拆解的不是申报车辆',
    source: regulation,
    by: 'vehicleDesk',
    from: ['identityReview'],
    to: 'identityConfirming',
    input: reason,
    signed: true,
    record: (record: VehicleCase, input: unknown): VehicleCase => found('rejected')(keepReason(record, input)),
    consequence: '认定后交商务委决定是否终止案卷。',
  },
  returnIdentity: {
    title: '退回身份更正',
    source,
    by: 'vehicleDesk',
    from: ['identityReview'],
    to: 'identityCorrecting',
    input: reason,
    signed: true,
    newRound: true,
    record: keepReason,
    effects: [...handedBack.effects, { do: 'run', hook: 'drop-asserted' }],
    consequence: '退回后由企业按原因补充材料，再重新提交。',
  },
  confirmIdentity: {
    title: '确认身份更正',
    source,
    by: 'commission',
    from: ['identityConfirming'],
    to: reportedOr('dismantling'),
    input: opinion,
    signed: true,
    apartFrom: ['passIdentity', 'rejectIdentity'],
    guards: [deskFound('agreed'), answeredAndAllowed('required')],
    effects: [{ do: 'run', hook: 'settle-claim' }, telling(caseNotices.identityConfirmed)],
    record: (record: VehicleCase): VehicleCase => (record.externalCaseId === null ? settled(record) : record),
    consequence: '确认后撤回原上报，原回收证明作废，企业按更正后的车辆重新提交拆解信息。',
  },
  returnIdentityDecision: {
    title: '退回身份更正',
    source,
    by: 'commission',
    from: ['identityConfirming'],
    to: 'identityCorrecting',
    input: reason,
    signed: true,
    apartFrom: ['passIdentity', 'rejectIdentity'],
    newRound: true,
    record: keepReason,
    effects: [...handedBack.effects, { do: 'run', hook: 'drop-asserted' }],
    consequence: '退回后由企业按原因补充材料，再由车管重新复核。',
  },
  endWrongVehicle: {
    title: '认定错拆，终止案卷',
    source: regulation,
    by: 'commission',
    from: ['identityConfirming', 'identityCorrecting'],
    to: reportedOr('wronglyDismantled'),
    input: reason,
    signed: true,
    apartFrom: ['passIdentity', 'rejectIdentity'],
    guards: [heldToBeWrong],
    effects: [telling(caseNotices.wronglyDismantled)],
    record: (record: VehicleCase, input: unknown): VehicleCase => found('rejected')(keepReason(record, input)),
    consequence:
      '案卷就此终止，不能恢复：不再出具回收证明，已出具的作废，申报车辆可另行受理。企业须立即向公安机关报告；未如实记录的，依法查处。',
  },
  takeBackReport: {
    title: '全国系统已撤回原上报',
    source,
    by: 'national',
    from: ['identityTakingBack'],
    to: {
      oneOf: ['dismantling', 'wronglyDismantled'],
      choose: ({ identity }: VehicleCase) => (identity?.finding === 'rejected' ? 'wronglyDismantled' : 'dismantling'),
    },
    effects: [
      { do: 'run', hook: 'take-back-told' },
      { do: 'run', hook: 'settle-claim' },
      { do: 'run', hook: 'drop-deregistration' },
    ],
    // What was put down for a deregistration is about the other vehicle.
    record: (record: VehicleCase): VehicleCase => ({
      ...(record.identity?.finding === 'rejected' ? record : settled(record)),
      sections: { ...record.sections, deregistration: {} },
      certificate: null,
      externalCaseId: null,
    }),
  },
  refuseTakeBack: {
    title: '全国系统未撤回原上报',
    source,
    by: 'national',
    from: ['identityTakingBack'],
    to: 'identityReview',
    input: reason,
    ...takesNoFrozen,
    newRound: true,
    effects: [telling(caseNotices.reportNotTakenBack)],
    record: (record: VehicleCase, input: unknown): VehicleCase => ({
      ...keepReason(record, input),
      ...(record.identity ? { identity: { ...record.identity, notTakenBack: true } } : {}),
    }),
  },
} as const;
