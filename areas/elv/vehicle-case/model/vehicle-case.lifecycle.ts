import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { isShanghaiPlate } from '#practices/vehicle/model/plate.ts';
import { stepsOfCorrection } from './vehicle-case.correcting.ts';
import { stepsOfFreezing } from './vehicle-case.freezing.ts';
import {
  answeredAndAllowed,
  assembliesListed,
  batteriesRegistered,
  neverSubmitted,
  notAcceptedElsewhere,
  notYetSupervised,
  photographed,
  supervisedSoFar,
  timesInOrder,
  verified,
  vinCredible,
  whole,
} from './vehicle-case.guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import { elvPeriods } from './vehicle-case.periods.ts';
import { isRegistered, isSupervised, type VehicleCase } from './vehicle-case.record.ts';
import { stepsOfWithdrawal } from './vehicle-case.withdrawing.ts';

const reason = z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字') });
const opinion = z.object({ reason: z.string().trim().max(500, '意见最多 500 个字').optional() });
const certificate = z.object({
  certificateNo: z.string().min(1).max(40),
  issuedOn: z.iso.date(),
  qrUrl: z.string().max(300).nullable(),
});
const deregistrationCertificate = z.object({ certificateNo: z.string().min(1).max(60), issuedOn: z.iso.date() });

const keepReason = (record: VehicleCase, input: unknown): VehicleCase => ({
  ...record,
  returnReason: reason.parse(input).reason,
});
const dropReason = (record: VehicleCase): VehicleCase => ({ ...record, returnReason: null });

/** A case that comes back to the yard with a reason: its people are told. */
const handedBack = { record: keepReason, effects: [telling(caseNotices.returned)] };

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
  'certified',
  'deregistering',
  'deregistered',
] as const;
/** What is asked of the papers of vehicle, owner and agent whenever they are handed in. */
const fitToHandIn = [
  whole('papers'),
  vinCredible,
  whole('owner'),
  whole('agent'),
  photographed('papers'),
  photographed('owner'),
  photographed('agent'),
  verified('owner-identity'),
  verified('agent-identity'),
  notAcceptedElsewhere,
  answeredAndAllowed('if-answered'),
];
/** The other side's no does no harm to a frozen case; its yes waits until the case is free. */
const takesNoFrozen = { allowedUnder: ['frozen'] } as const;

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
    passSupervised: {
      title: '监销审核通过',
      source: tender(4, 60),
      by: 'police',
      from: ['policeReview'],
      to: 'reporting',
    },
    returnSupervised: {
      title: '监销审核退回',
      source: tender(4, 60),
      by: 'police',
      from: ['policeReview'],
      to: 'dismantling',
      input: reason,
      newRound: true,
      ...handedBack,
      ...takesNoFrozen,
    },
    resendSupervised: {
      title: '重新报送公安',
      source: assumption('公安的审核结果可能在途中丢失；重新报送为新一轮，前一轮的结果不再采用'),
      by: 'commission',
      from: ['policeReview'],
      to: 'policeReview',
      input: reason,
      signed: true,
      newRound: true,
      consequence: '将以新的轮次再次报送公安，前一轮如有结果不再采用。',
    },
    certify: {
      title: '取得回收证明',
      source: tender(6, 57),
      by: 'national',
      from: ['reporting'],
      input: certificate,
      to: { oneOf: ['certified', 'closed'], choose: (record) => (isRegistered(record) ? 'certified' : 'closed') },
      effects: [telling(caseNotices.certified)],
      record: (record, input) => ({ ...record, certificate: certificate.parse(input) }),
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
    ...stepsOfCorrection({ fitToHandIn, reason, opinion, handedBack, dropReason }),
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
      record: (record, input) => ({ ...record, deregistrationCertificate: deregistrationCertificate.parse(input) }),
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
    raiseSupervision: {
      title: '升级为监销',
      source: rule('报废机动车回收管理办法（国务院令第715号）', '第十一条'),
      by: 'staff',
      from: beforeDismantled,
      to: 'stay',
      input: reason,
      signed: true,
      guards: [notYetSupervised],
      record: (record) => ({ ...record, supervision: { ...record.supervision, raised: true, lowered: false } }),
      consequence: '升级后该车须在公安监督下解体。',
    },
    lowerSupervision: {
      title: '取消监销',
      source: assumption('人工降级须商委复核并留理由'),
      by: 'commission',
      from: beforeDismantled,
      to: 'stay',
      input: reason,
      signed: true,
      guards: [supervisedSoFar],
      record: (record) => ({ ...record, supervision: { ...record.supervision, raised: false, lowered: true } }),
      consequence: '取消后该车按普通车辆拆解，由商务委审核。',
    },
    ...stepsOfFreezing(notEnded, reason),
    ...stepsOfWithdrawal(withdrawable, reason, keepReason),
  },
});

/** The states a vehicle case can rest in. */
export type VehicleCaseState = keyof typeof vehicleCase.states;
/** What may be done to a vehicle case. */
export type VehicleCaseAction = keyof typeof vehicleCase.actions;
