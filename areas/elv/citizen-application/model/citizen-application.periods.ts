import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** The deadlines of a citizen's application; each is a setting an administrator may change. */
export const citizenApplicationPeriods = {
  answer: {
    setting: 'elv.period.citizen-application-answer',
    title: '企业答复个人申请时限',
    fallback: 3,
    unit: 'working-day',
    source: assumption('招标需求未写明企业答复个人申请的时限，按 3 个工作日预设，请业主确认', '0044'),
  },
} satisfies Record<string, Period>;
