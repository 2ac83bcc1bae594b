import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { isShanghaiPlate } from '#practices/vehicle/model/plate.ts';
import { correctionSteps } from './vehicle-case.correcting.ts';
import { deregistrationSteps } from './vehicle-case.deregistering.ts';
import { stepsOfFreezing } from './vehicle-case.freezing.ts';
import {
  answeredAndAllowed,
  assembliesListed,
  batteriesRegistered,
  neverSubmitted,
  notAcceptedElsewhere,
  photographed,
  timesInOrder,
  whole,
} from './vehicle-case.guards.ts';
import { identityStates, identitySteps } from './vehicle-case.identity.ts';
import { identityEndings } from './vehicle-case.identity-endings.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import { elvPeriods } from './vehicle-case.periods.ts';
import { isRegistered, isSupervised, type VehicleCase } from './vehicle-case.record.ts';
import { reportingSteps } from './vehicle-case.reporting.ts';
import { dropReason, fitToHandIn, handedBack, keepReason, opinion, reason } from './vehicle-case.step-parts.ts';
import { stepsOfSupervision } from './vehicle-case.supervising.ts';
import { stepsOfWithdrawal } from './vehicle-case.withdrawing.ts';

const beforeDismantled = [
  'intake',
  'deskReview',
  'confirming',
  'admitted',
  'handedOver',
  'entryReview',
  'dismantling',
] as const;
const withdrawable = ['comparing', ...beforeDismantled] as const;
/** Wherever a case has not ended: a vehicle the police look for stands still, what is left of it included. */
const notEnded = [
  ...withdrawable,
  'dismantleReview',
  'policeReview',
  'reporting',
  'reportRefused',
  'correcting',
  'correctionReview',
  'identityCorrecting',
  'identityReview',
  'identityConfirming',
  'identityTakingBack',
  'certified',
  'deregistering',
  'deregistered',
] as const;
/**
 * What may happen to an end-of-life vehicle, from the licence photograph to the deregistration certificate.
 *
 * The order is the tender's (certificate after the dismantling review). The Regulation's own order (certificate at collection) is
 * another value of this type under version 2, made of the same guards and actions.
 */
export const vehicleCase = lifecycleOf<VehicleCase>()({
  id: 'elv.vehicle-case',
  version: 1,
  title: '报废机动车案卷',
  source: tender(1, 2, 3, 4, 5, 6, 7),
  initial: 'intake',

  actors: {
    dismantler: { title: '回收拆解企业经办人', stands: 'same-organisation' },
    vehicleDesk: { title: '车管审核人员', stands: 'any-authorised' },
    commission: { title: '商务委审核人员', stands: 'any-authorised' },
    staff: { title: '经办或审核人员', stands: 'any-authorised' },
    withdrawal: { title: '撤销申请', stands: 'engine' },
    police: { title: '大数据中心-公安专网', stands: 'outside-system' },
    national: { title: '全国汽车流通信息管理系统', stands: 'outside-system' },
  },

  holds: {
    frozen: { title: '涉嫌盗抢或在案，已冻结并须向公安报告' },
    withdrawal: { title: '撤销申请办理中，有结果之前不能办理其他步骤', seals: true },
  },

  states: {
    intake: { title: '受理登记', kind: 'work', publicStage: '受理', editable: ['papers', 'owner', 'agent'] },
    comparing: {
      title: '公安自动比对',
      kind: 'wait',
      publicStage: '审核',
      onEnter: [{ do: 'run', hook: 'ask-comparison' }],
    },
    deskReview: { title: '车管审核', kind: 'work', publicStage: '审核', deadline: elvPeriods.deskReview },
    confirming: { title: '商委确认', kind: 'work', deadline: elvPeriods.confirm },
    admitted: { title: '允许报废，待交车', kind: 'work', publicStage: '进场', editable: ['tow'] },
    handedOver: { title: '已交车，待进场采集', kind: 'work', editable: ['tow', 'entry'] },
    entryReview: { title: '进场审核', kind: 'work', deadline: elvPeriods.entryReview },
    dismantling: {
      title: '拆解采集',
      kind: 'work',
      publicStage: '拆解',
      deadline: elvPeriods.dismantle,
      editable: ['dismantling'],
    },
    dismantleReview: { title: '商委拆解审核', kind: 'work', deadline: elvPeriods.dismantleReview },
    policeReview: {
      title: '公安监销审核',
      kind: 'wait',
      deadline: elvPeriods.policeReview,
      onEnter: [{ do: 'send', connector: 'police', exchange: 'submit-supervised-dismantling' }],
    },
    reporting: {
      title: '上报全国系统，待出证',
      kind: 'wait',
      publicStage: '出证',
      onEnter: [{ do: 'send', connector: 'national-circulation', exchange: 'submit-scrap-case' }],
    },
    reportRefused: { title: '全国系统未受理', kind: 'work' },
    correcting: { title: '更正车证信息', kind: 'work', editable: ['papers', 'owner', 'agent'] },
    correctionReview: { title: '商委更正审核', kind: 'work', deadline: elvPeriods.correctionReview },
    ...identityStates,
    certified: {
      title: '已出具回收证明，待注销',
      kind: 'work',
      publicStage: '注销',
      deadline: elvPeriods.deregistration,
      editable: ['deregistration'],
      onEnter: [
        { do: 'send', connector: 'police', exchange: 'notify-recycled' },
        { do: 'send', connector: 'police', exchange: 'confirm-plate-destruction' },
      ],
    },
    deregistering: {
      title: '注销上报',
      kind: 'wait',
      onEnter: [{ do: 'send', connector: 'national-circulation', exchange: 'submit-deregistration' }],
    },
    deregistered: { title: '已注销，待领证', kind: 'work', editable: ['collection'] },
    closed: { title: '办结', kind: 'final', publicStage: '办结' },
    refused: { title: '不予报废', kind: 'final', publicStage: '终止' },
    discarded: { title: '草稿已作废', kind: 'final', publicStage: '终止' },
    withdrawn: { title: '已撤销', kind: 'final', publicStage: '终止' },
  },

  actions: {
    submit: {
      title: '提交受理',
      source: tender(1, 2),
      by: 'dismantler',
      from: ['intake'],
      signed: true,
      to: {
        oneOf: ['comparing', 'deskReview'],
        choose: (record) =>
          isRegistered(record) && isShanghaiPlate(String(record.sections.papers.plateNo ?? ''))
            ? 'comparing'
            : 'deskReview',
      },
      guards: fitToHandIn,
      effects: [
        { do: 'run', hook: 'may-accept' },
        { do: 'run', hook: 'claim-vehicle' },
        { do: 'run', hook: 'judge-supervision' },
      ],
      record: dropReason,
    },
    discard: {
      title: '作废草稿',
      source: assumption('误建的草稿可由企业作废；提交过的案卷只能走撤销申请（R08）'),
      by: 'dismantler',
      from: ['intake'],
      to: 'discarded',
      guards: [neverSubmitted],
      consequence: '作废后草稿不能恢复，已上传的照片随案卷留存备查。',
    },
    match: { title: '比对一致，系统审核通过', source: tender(2), by: 'police', from: ['comparing'], to: 'confirming' },
    mismatch: {
      title: '比对不一致，转人工审核',
      source: tender(2),
      by: 'police',
      from: ['comparing'],
      to: 'deskReview',
    },
    takeOver: {
      title: '转人工审核',
      source: assumption('公安系统长时间不应答时，车管人员可先接手人工审核；未应答不等于通过'),
      by: 'vehicleDesk',
      from: ['comparing'],
      to: 'deskReview',
      input: reason,
      signed: true,
    },
    passDesk: {
      title: '审核通过',
      source: tender(2),
      by: 'vehicleDesk',
      from: ['deskReview'],
      to: 'confirming',
      signed: true,
      input: opinion,
      guards: [answeredAndAllowed('required'), notAcceptedElsewhere],
      consequence: '通过后交商务委确认。',
    },
    returnDesk: {
      title: '退回修改',
      source: tender(2),
      by: 'vehicleDesk',
      from: ['deskReview'],
      to: 'intake',
      input: reason,
      signed: true,
      newRound: true,
      ...handedBack,
      consequence: '退回后由企业按原因修改，再重新提交。',
    },
    refuse: {
      title: '不予报废',
      source: tender(2),
      by: 'vehicleDesk',
      from: ['deskReview'],
      to: 'refused',
      input: reason,
      signed: true,
      effects: [{ do: 'run', hook: 'release-vehicle' }, telling(caseNotices.refused)],
      record: keepReason,
      consequence: '不予报废是最终决定，案卷就此终止，不能恢复。',
    },
    confirm: {
      title: '确认允许报废',
      source: tender(2),
      by: 'commission',
      from: ['confirming'],
      to: 'admitted',
      signed: true,
      input: opinion,
      apartFrom: ['passDesk'],
      guards: [answeredAndAllowed('required')],
      consequence: '确认后企业即可接车，车辆允许报废。',
    },
    returnConfirm: {
      title: '退回修改',
      source: tender(2),
      by: 'commission',
      from: ['confirming'],
      to: 'intake',
      input: reason,
      signed: true,
      apartFrom: ['passDesk'],
      newRound: true,
      ...handedBack,
      consequence: '退回后由企业按原因修改，再重新提交。',
    },
    handOver: {
      title: '确认交车',
      source: tender(3),
      by: 'dismantler',
      from: ['admitted'],
      to: 'handedOver',
      signed: true,
      guards: [whole('tow'), photographed('tow')],
      effects: [],
      consequence: '交车时间以拖车单照片上传到服务器的时间为准，确认后不能改动。',
      record: (record) => ({
        ...record,
        handedOverAt: record.photos.find(({ part }) => part === 'tow-slip')?.uploadedAt ?? null,
      }),
    },
    enter: {
      title: '提交进场信息',
      source: tender(3),
      by: 'dismantler',
      from: ['handedOver'],
      to: 'entryReview',
      signed: true,
      // The slip that told the hand-over may be corrected until then, and must not be gone.
      guards: [photographed('tow'), whole('entry'), photographed('entry'), timesInOrder('entry')],
      record: dropReason,
    },
    passEntry: {
      title: '进场审核通过',
      source: tender(3),
      by: 'commission',
      from: ['entryReview'],
      to: 'dismantling',
      signed: true,
      input: opinion,
      consequence: '通过后企业即可开始拆解。',
    },
    returnEntry: {
      title: '退回进场信息',
      source: tender(3),
      by: 'commission',
      from: ['entryReview'],
      to: 'handedOver',
      input: reason,
      signed: true,
      newRound: true,
      ...handedBack,
      consequence: '退回后由企业按原因修改，再重新提交。',
    },
    submitDismantling: {
      title: '提交拆解信息',
      source: rule('报废机动车回收管理办法（国务院令第715号）', '第十一条'),
      by: 'dismantler',
      from: ['dismantling'],
      signed: true,
      to: {
        oneOf: ['dismantleReview', 'policeReview'],
        choose: (record) => (isSupervised(record) ? 'policeReview' : 'dismantleReview'),
      },
      guards: [
        whole('dismantling'),
        assembliesListed,
        batteriesRegistered,
        photographed('dismantling'),
        timesInOrder('dismantling'),
      ],
      record: dropReason,
      consequence: '提交后车辆视为已拆解，不能再撤销报废。',
    },
    passDismantling: {
      title: '拆解审核通过',
      source: tender(4),
      by: 'commission',
      from: ['dismantleReview'],
      to: 'reporting',
      signed: true,
      input: opinion,
      guards: [answeredAndAllowed('required')],
      consequence: '通过后将上报全国系统，不可撤回。',
    },
    returnDismantling: {
      title: '退回拆解信息',
      source: tender(4),
      by: 'commission',
      from: ['dismantleReview'],
      to: 'dismantling',
      input: reason,
      signed: true,
      newRound: true,
      ...handedBack,
      consequence: '退回后由企业按原因修改，再重新提交。',
    },
    ...reportingSteps,
    ...correctionSteps,
    ...identitySteps,
    ...identityEndings,
    ...deregistrationSteps,
    ...stepsOfSupervision(beforeDismantled),
    ...stepsOfFreezing(notEnded),
    ...stepsOfWithdrawal(withdrawable),
  },
});

/** The states a vehicle case can rest in. */
export type VehicleCaseState = keyof typeof vehicleCase.states;
/** What may be done to a vehicle case. */
export type VehicleCaseAction = keyof typeof vehicleCase.actions;
