import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { applicationWhole, enterpriseChosen, materialsThere, standsChosen } from './citizen-application.guards.ts';
import { citizenApplicationNotices } from './citizen-application.notices.ts';
import { citizenApplicationPeriods } from './citizen-application.periods.ts';
import type { CitizenApplication } from './citizen-application.record.ts';
import { consentInput } from './consents.ts';

const reason = z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因最多 200 个字') });

/**
 * A citizen's application to have a vehicle scrapped. The owner chooses among all enterprises that may accept vehicles; the chosen one takes it, which opens the
 * vehicle case, or does not, and the owner may choose another. Nobody is made to wait for an enterprise that does not answer.
 */
export const citizenApplication = lifecycleOf<CitizenApplication>()({
  id: 'elv.citizen-application',
  version: 1,
  title: '个人报废申请',
  source: tender(62),
  initial: 'drafting',

  actors: {
    citizen: { title: '申请人', stands: 'any-authorised' },
    dismantler: { title: '回收拆解企业经办人', stands: 'same-organisation' },
    system: { title: '系统', stands: 'engine' },
  },

  holds: {},

  states: {
    drafting: { title: '填写中', kind: 'work', editable: ['application'] },
    submitted: { title: '待企业接收', kind: 'work', deadline: citizenApplicationPeriods.answer },
    declined: { title: '企业未接收', kind: 'work', editable: ['application'] },
    expired: { title: '企业逾期未答复', kind: 'work', editable: ['application'] },
    accepted: { title: '企业已接收', kind: 'final' },
    recalled: { title: '已撤回', kind: 'final' },
  },

  actions: {
    submit: {
      title: '提交申请',
      source: tender(62),
      by: 'citizen',
      from: ['drafting', 'declined', 'expired'],
      to: 'submitted',
      input: consentInput,
      guards: [standsChosen, applicationWhole, materialsThere, enterpriseChosen],
      effects: [
        { do: 'run', hook: 'may-apply' },
        { do: 'run', hook: 'enterprise-may-accept' },
        { do: 'run', hook: 'drop-unasked' },
        telling(citizenApplicationNotices.offered),
      ],
      newRound: true,
      record: (record, input, now) => ({
        ...record,
        declineReason: null,
        consents: consentInput.parse(input).consents.map((one) => ({
          ...one,
          // What was agreed to before papers were photographed was agreed to then.
          at:
            record.agreed.find(({ id, version }) => id === one.id && version === one.version)?.at ?? now.toISOString(),
        })),
      }),
      consequence: '提交后由所选企业接收；接收之前可以撤回。',
    },
    recall: {
      title: '撤回申请',
      source: assumption('企业接收之前，申请人可以随时撤回', '0044'),
      by: 'citizen',
      from: ['drafting', 'submitted', 'declined', 'expired'],
      to: 'recalled',
      effects: [telling(citizenApplicationNotices.recalled)],
      consequence: '撤回后这份申请不再办理，需要时请重新申请。',
    },
    accept: {
      title: '接收申请',
      source: tender(62),
      by: 'dismantler',
      from: ['submitted'],
      to: 'accepted',
      signed: true,
      effects: [
        { do: 'run', hook: 'enterprise-may-accept' },
        { do: 'run', hook: 'open-case' },
        { do: 'run', hook: 'message-citizen' },
      ],
      consequence: '接收后在本企业新建案卷，申请人填写的内容和拍摄的材料随之转入，不需要重新填报。',
    },
    decline: {
      title: '不接收',
      source: rule('报废机动车回收管理办法（国务院令第715号）', '第八条'),
      by: 'dismantler',
      from: ['submitted'],
      to: 'declined',
      input: reason,
      signed: true,
      record: (record, input) => ({ ...record, declineReason: reason.parse(input).reason, enterprise: null }),
      effects: [{ do: 'run', hook: 'message-citizen' }],
      consequence: '原因会告诉申请人，申请人可以另选企业。',
    },
    expire: {
      title: '逾期未答复',
      source: assumption('企业逾期不答复的，申请人可以另选企业', '0044'),
      by: 'system',
      from: ['submitted'],
      to: 'expired',
      record: (record) => ({ ...record, enterprise: null }),
      effects: [{ do: 'run', hook: 'message-citizen' }, telling(citizenApplicationNotices.expired)],
    },
  },
});

/** The states a citizen's application can rest in. */
export type CitizenApplicationState = keyof typeof citizenApplication.states;
/** What may be done to it. */
export type CitizenApplicationAction = keyof typeof citizenApplication.actions;

/** Where the chosen enterprise sees an application: while it must answer, and once it has taken it. What it did not take is none of its business. */
export const offeredStates: readonly CitizenApplicationState[] = ['submitted', 'accepted'];

/** What may be seen by whoever supervises: what was handed in and goes on, with one enterprise or waiting for another choice. Drafts and what was taken back are nobody's business. */
export const seenStates = [
  'submitted',
  'declined',
  'expired',
  'accepted',
] as const satisfies readonly CitizenApplicationState[];
