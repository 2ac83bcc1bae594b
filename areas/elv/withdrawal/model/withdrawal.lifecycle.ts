import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { applicationWhole, caseCanBeWithdrawn, consentAttached } from './withdrawal.guards.ts';
import { withdrawalNotices } from './withdrawal.notices.ts';
import { withdrawalPeriods } from './withdrawal.periods.ts';
import { changesEnterprise, type Withdrawal } from './withdrawal.record.ts';

const reason = z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字') });
const opinion = z.object({ reason: z.string().trim().max(500, '意见最多 500 个字').optional() });

const keepReason = (record: Withdrawal, input: unknown): Withdrawal => ({
  ...record,
  refusalReason: reason.parse(input).reason,
});
const dropReason = (record: Withdrawal): Withdrawal => ({ ...record, refusalReason: null });

/** Where a withdrawal rests when nothing stands in its way any more. */
const whenFree = (record: Withdrawal): 'awaitingTakeOver' | 'granted' =>
  changesEnterprise(record) ? 'awaitingTakeOver' : 'granted';

/**
 * How a vehicle case is withdrawn. It holds the case from the moment it is handed in until it is refused, taken back or granted. Before the
 * commission has admitted the vehicle the enterprise decides alone; afterwards the commission decides as well, and what the national system was
 * told is withdrawn there first. A vehicle that changes the enterprise is taken over by the new one, explicitly.
 */
export const withdrawal = lifecycleOf<Withdrawal>()({
  id: 'elv.withdrawal',
  version: 1,
  title: '报废车辆撤销申请',
  source: tender(8, 9),
  initial: 'drafting',

  actors: {
    dismantler: { title: '回收拆解企业经办人', stands: 'same-organisation' },
    internalReviewer: { title: '回收拆解企业内部审核人员', stands: 'same-organisation' },
    commission: { title: '商务委审核人员', stands: 'any-authorised' },
    national: { title: '全国汽车流通信息管理系统', stands: 'outside-system' },
    successor: { title: '新企业经办人', stands: 'any-authorised' },
  },

  holds: {},

  states: {
    drafting: { title: '填报', kind: 'work', publicStage: '填报', editable: ['application'] },
    internalReview: {
      title: '企业内部审核',
      kind: 'work',
      publicStage: '企业内部审核',
      deadline: withdrawalPeriods.review,
    },
    commissionReview: { title: '商委审核', kind: 'work', publicStage: '商委审核', deadline: withdrawalPeriods.review },
    withdrawingNationally: {
      title: '等待全国系统撤销',
      kind: 'wait',
      publicStage: '全国系统撤销',
      onEnter: [{ do: 'send', connector: 'national-circulation', exchange: 'withdraw-scrap-case' }],
    },
    nationalRefused: { title: '全国系统未准撤销', kind: 'work' },
    awaitingTakeOver: {
      title: '已撤销，待新企业接收',
      kind: 'work',
      publicStage: '新企业接收',
      deadline: withdrawalPeriods.takeOver,
      onEnter: [
        { do: 'run', hook: 'withdraw-case' },
        telling(withdrawalNotices.granted),
        telling(withdrawalNotices.offered),
      ],
    },
    granted: {
      title: '准予撤销',
      kind: 'final',
      publicStage: '办结',
      onEnter: [{ do: 'run', hook: 'withdraw-case' }, telling(withdrawalNotices.granted)],
    },
    handedOn: {
      title: '新企业已接收',
      kind: 'final',
      publicStage: '办结',
      onEnter: [telling(withdrawalNotices.handedOn)],
    },
    declined: {
      title: '新企业未接收',
      kind: 'final',
      publicStage: '办结',
      onEnter: [telling(withdrawalNotices.declined)],
    },
    refused: { title: '不予撤销', kind: 'final', publicStage: '办结', onEnter: [telling(withdrawalNotices.refused)] },
    recalled: { title: '已撤回', kind: 'final', publicStage: '办结' },
  },

  actions: {
    submit: {
      title: '提交撤销申请',
      source: tender(8),
      by: 'dismantler',
      from: ['drafting'],
      to: 'internalReview',
      signed: true,
      guards: [applicationWhole, consentAttached, caseCanBeWithdrawn],
      effects: [{ do: 'run', hook: 'hold-case' }],
      consequence: '提交后案卷暂停办理，直到撤销申请有结果或撤回。',
    },
    abandon: {
      title: '放弃填报',
      source: assumption('撤销申请提交之前，企业可以放弃；案卷不受影响'),
      by: 'dismantler',
      from: ['drafting'],
      to: 'recalled',
      consequence: '放弃后这份申请不再保留在待办里，案卷不受影响。',
    },
    recall: {
      title: '撤回申请',
      source: assumption('审核结束之前，企业可以撤回撤销申请，案卷恢复办理'),
      by: 'dismantler',
      from: ['internalReview', 'commissionReview'],
      to: 'recalled',
      signed: true,
      effects: [{ do: 'run', hook: 'release-case' }],
      consequence: '撤回后案卷恢复办理。',
    },
    passInternal: {
      title: '内部审核通过',
      source: tender(9),
      by: 'internalReviewer',
      from: ['internalReview'],
      to: {
        oneOf: ['commissionReview', 'awaitingTakeOver', 'granted'],
        choose: (record) => (record.case.admitted ? 'commissionReview' : whenFree(record)),
      },
      signed: true,
      input: opinion,
      guards: [caseCanBeWithdrawn],
      apartFrom: ['submit'],
      consequence: '登记审核尚未通过的车辆，通过后即撤销；已通过的转商委审核。',
    },
    refuseInternal: {
      title: '内部审核不通过',
      source: tender(9),
      by: 'internalReviewer',
      from: ['internalReview'],
      to: 'refused',
      input: reason,
      signed: true,
      record: keepReason,
      apartFrom: ['submit'],
      effects: [{ do: 'run', hook: 'release-case' }],
      consequence: '本次申请就此结束，案卷恢复办理。',
    },
    grant: {
      title: '准予撤销',
      source: tender(9),
      by: 'commission',
      from: ['commissionReview'],
      to: {
        oneOf: ['withdrawingNationally', 'awaitingTakeOver', 'granted'],
        choose: (record) => (record.case.externalCaseId === null ? whenFree(record) : 'withdrawingNationally'),
      },
      signed: true,
      input: opinion,
      guards: [caseCanBeWithdrawn],
      consequence: '准予后车辆不再由原企业报废；已上报全国系统的，须全国系统先撤销。',
    },
    refuse: {
      title: '不予撤销',
      source: tender(9),
      by: 'commission',
      from: ['commissionReview', 'nationalRefused'],
      to: 'refused',
      input: reason,
      signed: true,
      record: keepReason,
      effects: [{ do: 'run', hook: 'release-case' }],
      consequence: '本次申请就此结束，案卷恢复办理。',
    },
    confirmNational: {
      title: '全国系统已撤销',
      source: tender(9, 57),
      by: 'national',
      from: ['withdrawingNationally'],
      to: { oneOf: ['awaitingTakeOver', 'granted'], choose: whenFree },
      // A vehicle may have been frozen meanwhile; then the answer is taken when it is free again.
      guards: [caseCanBeWithdrawn],
      record: dropReason,
    },
    refuseNational: {
      title: '全国系统未准撤销',
      source: tender(9, 57),
      by: 'national',
      from: ['withdrawingNationally'],
      to: 'nationalRefused',
      input: reason,
      record: keepReason,
    },
    resendNational: {
      title: '再次请全国系统撤销',
      source: assumption('全国系统退回的撤销，问题解决后可再次提出'),
      by: 'commission',
      from: ['nationalRefused'],
      to: 'withdrawingNationally',
      signed: true,
      newRound: true,
      record: dropReason,
      consequence: '将以新的轮次再次请全国系统撤销。',
    },
    takeOver: {
      title: '接收车辆',
      source: tender(8),
      by: 'successor',
      from: ['awaitingTakeOver'],
      to: 'handedOn',
      signed: true,
      effects: [
        { do: 'run', hook: 'chosen-only' },
        { do: 'run', hook: 'carry-over' },
      ],
      consequence: '接收后在本企业新建案卷，车证、所有人、代理人信息和照片随车转入，不需要重新填报。',
    },
    decline: {
      title: '不接收',
      // Nobody can be made to take a vehicle, and the owner may go anywhere.
      source: rule('报废机动车回收管理办法（国务院令第715号）', '第八条'),
      by: 'successor',
      from: ['awaitingTakeOver'],
      to: 'declined',
      input: reason,
      signed: true,
      record: keepReason,
      effects: [{ do: 'run', hook: 'chosen-only' }],
      consequence: '原案卷已撤销，车主可另选企业重新受理。',
    },
  },
});

/** The states a withdrawal can rest in. */
export type WithdrawalState = keyof typeof withdrawal.states;
/** What may be done to a withdrawal. */
export type WithdrawalAction = keyof typeof withdrawal.actions;

/** Where the enterprise the owner chose sees the withdrawal: from the moment the vehicle is free. Papers close to it when it declines. */
export const offeredStates: readonly WithdrawalState[] = ['awaitingTakeOver', 'handedOn', 'declined'];
