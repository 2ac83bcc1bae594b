import { sql } from 'kysely';
import { deletingRows } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { taskRecords } from '#kernel/retention/task-records.ts';

/** Imports of cases that are over: nothing of theirs waits to be opened. */
export const caseImportRetention: Retention = {
  id: 'case-imports',
  title: '案卷导入任务',
  keep: taskRecords,
  leastDays: 31,
  erase: deletingRows({
    table: 'elv.case_import',
    key: 'id',
    time: 'uploaded_at',
    mayGo: sql`not exists (select 1 from elv.case_import_part where import_id = elv.case_import.id)`,
  }),
};
