import { type Effect, type Lifecycle, lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { tender } from '#kernel/source/source.ts';
import type { RegistryProfile } from '#practices/registry/model/profile.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { decisionActions, filingActions, reviewActions } from './application.actions.ts';
import { papers } from './documents.ts';
import { qualificationPeriods as periods } from './qualification.periods.ts';
import { endActions, hearingActions, suspensionActions, upkeepActions } from './standing.actions.ts';

const filled = ['application', 'basic', 'site', 'capacity', 'staff'];

/** Where a qualification may rest. */
export type QualificationState =
  | 'drafting'
  | 'submitted'
  | 'supplementing'
  | 'reviewing'
  | 'onSite'
  | 'deciding'
  | 'qualified'
  | 'refused'
  | 'hearingOffered'
  | 'hearingRequested'
  | 'hearingSet'
  | 'heard'
  | 'revoked'
  | 'annulled'
  | 'cancelled';

/** Who acts: the enterprise, who prepares, who decides. */
export type QualificationActor = 'applicant' | 'officer' | 'decider';

/** What may be done to a qualification. */
export type QualificationAction =
  | keyof ReturnType<typeof filingActions>
  | keyof typeof reviewActions
  | keyof typeof decisionActions
  | keyof typeof suspensionActions
  | keyof typeof hearingActions
  | keyof typeof endActions
  | keyof typeof upkeepActions;

/** The steps that make a paper note whom it names, last: the decision has given its number by then. */
const addressed = <
  const A extends Readonly<Record<string, object & { readonly effects?: readonly Effect[]; readonly title: string }>>,
>(
  actions: A,
): A =>
  // Nothing but an effect is added, so each action stays of its type.
  Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [
      name,
      Object.hasOwn(papers, name)
        ? { ...action, effects: [...(action.effects ?? []), { do: 'run', hook: 'address-paper' }] }
        : action,
    ]),
  ) as A;

/**
 * What may happen to an enterprise's qualification, for as long as there is the enterprise: one record, one chain of signed steps, from the first
 * application through changes, suspensions and annual reviews to the end, and a new beginning where the law allows one. While a change is
 * under way what was granted stands. Source: tender R10–R13.
 */
export const qualificationLifecycle = (
  profile: RegistryProfile,
): Lifecycle<QualificationState, QualificationActor, never, QualificationAction, RegistryCase> =>
  lifecycleOf<RegistryCase>()({
    id: profile.id,
    version: 1,
    title: profile.title,
    source: tender(10, 11, 12, 13),
    initial: 'drafting',
    actors: {
      applicant: { title: '回收拆解企业经办人', stands: 'same-organisation' },
      officer: { title: '资质受理审查人员', stands: 'any-authorised' },
      decider: { title: '资质决定人员', stands: 'any-authorised' },
    },
    holds: {},
    states: {
      drafting: { title: '填报中', kind: 'work', publicStage: '申请', editable: filled },
      submitted: { title: '待受理', kind: 'work', publicStage: '受理', deadline: periods.accept },
      supplementing: { title: '待补正', kind: 'work', deadline: periods.supplement, editable: filled },
      reviewing: { title: '审查中', kind: 'work', publicStage: '审查', deadline: periods.decide },
      onSite: { title: '现场评审中', kind: 'work', publicStage: '现场评审', deadline: periods.onSite },
      deciding: { title: '待决定', kind: 'work', publicStage: '决定', deadline: periods.decide },
      qualified: { title: '资质有效', kind: 'work', publicStage: '有资质' },
      refused: { title: '不予许可', kind: 'work' },
      hearingOffered: { title: '拟吊销，待申请听证', kind: 'work', deadline: periods.hearingRequest },
      hearingRequested: { title: '已申请听证，待通知', kind: 'work' },
      hearingSet: { title: '听证已通知', kind: 'work' },
      heard: { title: '已听证，待决定', kind: 'work' },
      revoked: { title: '已吊销', kind: 'work' },
      annulled: { title: '已撤销', kind: 'work' },
      cancelled: { title: '已注销', kind: 'work' },
    },
    actions: addressed({
      ...filingActions(profile),
      ...reviewActions,
      ...decisionActions,
      ...suspensionActions,
      ...hearingActions,
      ...endActions,
      ...upkeepActions,
    }),
  });
