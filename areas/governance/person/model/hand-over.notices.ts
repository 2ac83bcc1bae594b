import { tender } from '#kernel/source/source.ts';
import { noticeKind } from '#practices/notice/model/notice-kind.ts';

const common = {
  group: { id: 'governance.person', title: '用户管理' },
  source: tender(42),
  // Whoever asked is at work here anyway.
  outside: null,
  permission: 'governance.person:handOver',
} as const;

/** What those are told who handed work over. Whose work it was is read at the person. Source: tender R42; ADR 0058. */
export const handOverNotices = {
  done: noticeKind({
    ...common,
    id: 'governance.person.handed-over',
    title: '工作移交已完成',
    text: '您发起的工作移交已完成：{work}。',
    slots: { work: 'title' },
  }),
  unknown: noticeKind({
    ...common,
    id: 'governance.person.hand-over-unknown',
    title: '工作移交没有得到答复',
    text: '您发起的工作移交经多次尝试没有得到答复，是否已完成不能确定；请查看在办事项，需要时重新移交。',
    slots: {},
  }),
};
