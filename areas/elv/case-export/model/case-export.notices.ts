import { tender } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';

const group: NoticeGroup = { id: 'elv.case-export', title: '案卷导出' };
const permission = 'elv.vehicle-case:export';

/** What whoever asked for an export is told of it. Source: tender R14, R43. */
export const caseExportNotices = {
  done: noticeKind({
    id: 'elv.case-export.done',
    group,
    source: tender(14, 43),
    title: '案卷列表已导出',
    text: '您导出的案卷列表已生成，请在“我的导出”中下载，文件至多保留至 {until}。',
    slots: { until: 'day' },
    outside: null,
    permission,
  }),
  failed: noticeKind({
    id: 'elv.case-export.failed',
    group,
    source: tender(14, 43),
    title: '案卷列表没有导出',
    text: '您导出的案卷列表没有完成，原因见“我的导出”。',
    slots: {},
    outside: null,
    permission,
  }),
};
