import { deletingRows } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { assumption } from '#kernel/source/source.ts';

/** How often calls of enterprises' systems were refused, by day. */
export const refusalRetention: Retention = {
  id: 'system-refusals',
  title: '企业系统调用被拒的次数',
  keep: {
    setting: 'elv.period.system-refusals',
    title: '企业系统调用被拒次数保存时限',
    fallback: 365,
    unit: 'day',
    source: assumption('只供排查接口问题，按一年预设', '0059'),
  },
  leastDays: 31,
  erase: deletingRows({ table: 'elv.enterprise_system_refusal', key: ['system_id', 'day', 'code'], time: 'last_at' }),
};
