import { z } from 'zod';
import { type Lifecycle, lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import type { RegistryProfile, ReviewedTwice } from './profile.ts';
import { attached, consistent, heardOfRegister, imported, standing, whole } from './registry.guards.ts';
import { registryNotices } from './registry.notices.ts';
import type { RegistryCase } from './registry-record.ts';

const reason = z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字') });
const opinion = z.object({ reason: z.string().trim().max(500, '意见最多 500 个字').optional() });

const keepReason = (record: RegistryCase, input: unknown): RegistryCase => ({
  ...record,
  returnReason: reason.parse(input).reason,
});
const submitted = (record: RegistryCase): RegistryCase => ({ ...record, returnReason: null });
/** Whatever was imported once: what comes now is the enterprise's own. */
const begunAnew = (record: RegistryCase): RegistryCase => ({ ...record, origin: 'declared', returnReason: null });

/** A refused change leaves the enterprise where it stands; a refused first declaration leaves it outside. */
const backOrOut = {
  oneOf: ['registered', 'refused'] as const,
  choose: (record: RegistryCase): 'registered' | 'refused' => (record.standing ? 'registered' : 'refused'),
};

const submission = [
  { do: 'run', hook: 'note-organisation' },
  { do: 'run', hook: 'ask-register' },
] as const;
const fallBack = { do: 'run', hook: 'restore-standing' } as const;

/** Where an entry may rest. */
export type RegistryState = 'drafting' | 'firstReview' | 'secondReview' | 'registered' | 'refused' | 'removed';

/** Who acts on an entry. */
export type RegistryActor = 'declarant' | 'registrar' | 'firstReviewer' | 'secondReviewer';

/** What may be done to an entry. */
export type RegistryAction =
  | 'submit'
  | 'submitImported'
  | 'abandonChange'
  | 'passFirst'
  | 'returnFirst'
  | 'refuseFirst'
  | 'passSecond'
  | 'returnSecond'
  | 'refuseSecond'
  | 'beginChange'
  | 'declareAgain'
  | 'remove';

/** The lifecycle of an entry; see {@link registryLifecycle}. */
export type RegistryLifecycle = Lifecycle<RegistryState, RegistryActor, never, RegistryAction, RegistryCase>;

type Steps = ReturnType<typeof registryNotices>['steps'];

const firstReviews = (profile: RegistryProfile, notices: Steps) =>
  ({
    passFirst: {
      title: '初审通过',
      source: profile.source,
      by: 'firstReviewer',
      from: ['firstReview'],
      to: 'secondReview',
      input: opinion,
      consequence: '通过后转复审，复审须由其他人员办理',
      guards: [heardOfRegister(profile.source)],
      signed: true,
      apartFrom: ['submitImported'],
    },
    returnFirst: {
      title: '退回修改',
      source: profile.source,
      by: 'firstReviewer',
      from: ['firstReview'],
      to: 'drafting',
      input: reason,
      record: keepReason,
      effects: [telling(notices.returned)],
      signed: true,
      newRound: true,
    },
    refuseFirst: {
      title: '不予通过',
      source: profile.source,
      by: 'firstReviewer',
      from: ['firstReview'],
      to: backOrOut,
      input: reason,
      record: keepReason,
      consequence: '本次申报就此结束；已在库的企业保持库内原有信息',
      effects: [fallBack, telling(notices.refused)],
      signed: true,
    },
  }) as const;

const secondReviews = (profile: RegistryProfile, notices: Steps) =>
  ({
    passSecond: {
      title: '复审通过并入库',
      source: profile.source,
      by: 'secondReviewer',
      from: ['secondReview'],
      to: 'registered',
      input: opinion,
      consequence: '通过后正式入库，本次申报的信息成为库内信息',
      guards: [heardOfRegister(profile.source)],
      effects: [{ do: 'run', hook: 'enter-registry' }, telling(notices.approved)],
      signed: true,
      apartFrom: ['passFirst', 'submitImported'],
    },
    returnSecond: {
      title: '退回修改',
      source: profile.source,
      by: 'secondReviewer',
      from: ['secondReview'],
      to: 'drafting',
      input: reason,
      record: keepReason,
      effects: [telling(notices.returned)],
      signed: true,
      newRound: true,
      apartFrom: ['passFirst'],
    },
    refuseSecond: {
      title: '不予通过',
      source: profile.source,
      by: 'secondReviewer',
      from: ['secondReview'],
      to: backOrOut,
      input: reason,
      record: keepReason,
      consequence: '本次申报就此结束；已在库的企业保持库内原有信息',
      effects: [fallBack, telling(notices.refused)],
      signed: true,
      apartFrom: ['passFirst'],
    },
    remove: {
      title: '移出对象库',
      source: assumption('招标需求未写移出；资质的撤销、吊销、注销各有其程序（R13），此处只管对象库', '0031'),
      by: 'secondReviewer',
      from: ['registered'],
      to: 'removed',
      input: reason,
      record: keepReason,
      consequence: '移出后不再是监管对象库内企业，历史信息保留；企业可以重新申报',
      effects: [{ do: 'run', hook: 'leave-registry' }, telling(notices.removed)],
      signed: true,
    },
  }) as const;

const declarations = (profile: RegistryProfile) =>
  ({
    submit: {
      title: '提交审核',
      source: profile.source,
      by: 'declarant',
      from: ['drafting'],
      to: 'firstReview',
      guards: [whole(profile), consistent(profile), attached(profile)],
      record: submitted,
      effects: submission,
      signed: true,
    },
    submitImported: {
      title: '代为提交审核',
      source: profile.source,
      by: 'registrar',
      from: ['drafting'],
      to: 'firstReview',
      guards: [imported, whole(profile), consistent(profile)],
      record: submitted,
      effects: submission,
      signed: true,
    },
    abandonChange: {
      title: '放弃变更',
      source: assumption('招标需求未写放弃；企业可在提交前放弃变更', '0031'),
      by: 'declarant',
      from: ['drafting'],
      to: 'registered',
      consequence: '本次填写的变更内容不再保留，库内信息不变',
      guards: [standing],
      record: submitted,
      effects: [fallBack],
    },
    beginChange: {
      title: '申请变更',
      source: profile.source,
      by: 'declarant',
      from: ['registered'],
      to: 'drafting',
      record: begunAnew,
      newRound: true,
    },
    declareAgain: {
      title: '重新申报',
      source: profile.source,
      by: 'declarant',
      from: ['refused', 'removed'],
      to: 'drafting',
      record: begunAnew,
      newRound: true,
    },
  }) as const;

/**
 * What may happen to an enterprise's entry in a registry, for as long as the enterprise is there: one entry, one chain of signed steps, from
 * the first declaration through every change. While a change is under way the approved values stand. Source: tender R49.
 */
export const registryLifecycle = (profile: ReviewedTwice): RegistryLifecycle =>
  lifecycleOf<RegistryCase>()({
    id: profile.id,
    version: 1,
    title: profile.title,
    source: profile.source,
    initial: 'drafting',
    actors: {
      declarant: { title: `${profile.subject}经办人`, stands: 'same-organisation' },
      registrar: { title: '对象库登记人员', stands: 'any-authorised' },
      firstReviewer: { title: '对象库初审人员', stands: 'any-authorised' },
      secondReviewer: { title: '对象库复审人员', stands: 'any-authorised' },
    },
    holds: {},
    states: {
      drafting: { title: '填报中', kind: 'work', publicStage: '申报', editable: Object.keys(profile.sections) },
      firstReview: { title: '待初审', kind: 'work', publicStage: '初审', deadline: profile.periods.firstReview },
      secondReview: { title: '待复审', kind: 'work', publicStage: '复审', deadline: profile.periods.secondReview },
      registered: { title: '已入库', kind: 'work', publicStage: '入库' },
      refused: { title: '不予入库', kind: 'work' },
      removed: { title: '已移出', kind: 'work' },
    },
    actions: {
      ...declarations(profile),
      ...firstReviews(profile, registryNotices(profile).steps),
      ...secondReviews(profile, registryNotices(profile).steps),
    },
  });
