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
  draft: {
    setting: 'elv.period.citizen-application-draft',
    title: '个人申请草稿保存时限（自最后一次填写起）',
    fallback: 30,
    unit: 'day',
    source: assumption('未提交的个人申请保存多久没有规定，按 30 日预设，期满连同照片删除，请业主确认', '0044'),
  },
} satisfies Record<string, Period>;
