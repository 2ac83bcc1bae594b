import { sql } from 'kysely';
import { deletingRows, emptyingColumns } from './erasers.store.ts';
import type { Retention } from './retention.ts';
import { taskRecords, waitingLines } from './task-records.ts';

/** A table of imports, their ids beginning with their time. */
export interface ImportTable {
  readonly table: string;
  /** Part of the names of jobs, such as `person-import`. */
  readonly id: string;
  readonly title: string;
}

/** The record of an import, its lines with it. */
export const importTasks = ({ table, id, title }: ImportTable): Retention => ({
  id: `${id}s`,
  title: `${title}任务`,
  keep: taskRecords,
  leastDays: 31,
  erase: deletingRows({ table, key: 'id', time: 'uploaded_at' }),
});

/** The lines of an import that nobody went on with, in a column that is null once they were entered. */
export const importLines = ({ table, id, title }: ImportTable, column: string): Retention => ({
  id: `${id}-lines`,
  title: `${title}：没有继续的内容`,
  keep: waitingLines,
  leastDays: 1,
  erase: emptyingColumns({ table, columns: [column], mayGo: sql`${sql.ref(column)} is not null` }),
});
