import { deletingRows } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { assumption } from '#kernel/source/source.ts';

/** Notes of backups that are long gone. */
export const backupNoteRetention: Retention = {
  id: 'backup-notes',
  title: '备份记录',
  keep: {
    setting: 'kernel.period.backup-notes',
    title: '备份记录保存时限',
    fallback: 731,
    unit: 'day',
    source: assumption('备份记录保存多久没有规定，按两年预设', '0059'),
  },
  leastDays: 31,
  erase: deletingRows({ table: 'kernel.backup', key: 'digest', time: 'moment_at' }),
};
