import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** The periods of notices; each is a setting an administrator may change. */
export const noticePeriods = {
  keep: {
    setting: 'notice.period.keep',
    title: '消息及其发送记录保存时限',
    fallback: 730,
    unit: 'day',
    source: assumption('消息保存多久没有规定；事项本身另有档案，按两年预设，请业主确认', '0040'),
  },
} satisfies Record<string, Period>;
