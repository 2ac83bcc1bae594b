import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** The deadlines of a withdrawal; each is a setting an administrator may change. */
export const withdrawalPeriods = {
  review: {
    setting: 'elv.period.withdrawal-review',
    title: '撤销审核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumption('招标需求未写明撤销审核时限，企业内部审核和商委审核各按 3 个工作日预设，请业主确认'),
  },
  takeOver: {
    setting: 'elv.period.withdrawal-take-over',
    title: '新企业接收时限',
    fallback: 5,
    unit: 'working-day',
    source: assumption('招标需求未写明新企业接收时限，按 5 个工作日预设，请业主确认'),
  },
} satisfies Record<string, Period>;
