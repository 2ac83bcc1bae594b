import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** How long exported files are kept; a setting an administrator may change. */
export const caseExportPeriods = {
  kept: {
    setting: 'elv.period.export-kept',
    title: '导出文件保留期限',
    fallback: 7,
    unit: 'day',
    source: assumption('导出文件保留多久没有规定，按 7 日预设，请业主确认', '0050'),
  },
} satisfies Record<string, Period>;
