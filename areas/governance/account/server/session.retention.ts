import { deletingRows } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { assumption } from '#kernel/source/source.ts';

/** Sessions of people who never came back; whoever signs in again has their own old ones forgotten then. */
export const sessionRetention: Retention = {
  id: 'sessions',
  title: '登录会话（登录本身记在日志中）',
  keep: {
    setting: 'governance.period.session-kept',
    title: '登录会话记录保存时限',
    fallback: 30,
    unit: 'day',
    source: assumption('已结束的会话只用于告知本人为何退出，按三十日预设', '0059'),
  },
  // No session lasts longer than a week.
  leastDays: 8,
  erase: deletingRows({ table: 'governance.session', key: 'token_sm3', time: 'seen_at' }),
};
