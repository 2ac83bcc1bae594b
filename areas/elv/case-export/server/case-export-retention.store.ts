import { sql } from 'kysely';
import { deletingRows } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { taskRecords } from '#kernel/retention/task-records.ts';

/** Exports that are over; their files went when they expired. */
export const caseExportRetention: Retention = {
  id: 'case-exports',
  title: '案卷导出任务',
  keep: taskRecords,
  // Files stay for weeks at most, and a file needs its row.
  leastDays: 31,
  erase: deletingRows({
    table: 'elv.case_export',
    key: 'id',
    time: 'asked_at',
    mayGo: sql`state in ('cancelled', 'failed', 'expired')`,
  }),
};
