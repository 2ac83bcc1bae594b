import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** How long it is kept that somebody imported or exported something, beside the log: one setting for all such tasks. */
export const taskRecords: Period = {
  setting: 'kernel.period.task-records',
  title: '导入、导出任务记录保存时限',
  fallback: 365,
  unit: 'day',
  source: assumption('任务记录只供本人查看，导入导出本身记在日志中；保存多久没有规定，按一年预设', '0059'),
};

/** How long the lines of an import are kept that nobody went on with: they hold personal data for nothing. A day, as the page says; not to be set longer. */
export const waitingLines: Period = {
  setting: 'kernel.period.waiting-lines',
  title: '没有继续的导入：文件内容保存时限',
  fallback: 1,
  unit: 'day',
  source: assumption('核对后一日内没有确认的导入，其内容不再保存', '0059'),
};
