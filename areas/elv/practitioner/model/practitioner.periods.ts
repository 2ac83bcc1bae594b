import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule } from '#kernel/source/source.ts';

/** The periods of people at work; each is a setting an administrator may change. */
export const practitionerPeriods = {
  warning: {
    setting: 'elv.period.practitioner-certificate-warning',
    title: '从业人员证书到期预警提前',
    fallback: 60,
    unit: 'day',
    source: assumption('招标需求未写明从业人员证书到期前多久预警，按 60 日预设，请业主确认', '0046'),
  },
  conductUse: {
    setting: 'elv.period.practitioner-conduct-use',
    title: '从业人员行为记录使用期限',
    fallback: 1_826,
    unit: 'day',
    source: assumption(
      '参照《上海市社会信用条例》第三十五条失信信息查询期限 5 年（1826 日），良好行为同样适用，请业主确认',
      '0046',
    ),
  },
  objection: {
    setting: 'elv.period.practitioner-objection',
    title: '从业人员行为记录异议处理时限',
    fallback: 5,
    unit: 'working-day',
    source: rule('上海市社会信用条例', '第三十六条'),
  },
} satisfies Record<string, Period>;
