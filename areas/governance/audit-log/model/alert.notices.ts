import { tender } from '#kernel/source/source.ts';
import { noticeKind } from '#practices/notice/model/notice-kind.ts';

/** What alerts are called where they are named. */
export const alertMatter = 'governance.audit-alert';

/** What those are told who handle alerts. Whom an alert is about is read at the alert itself. Source: tender R45. */
export const alertNotices = {
  raised: noticeKind({
    id: 'governance.audit-log.alert',
    group: { id: 'governance.audit-log', title: '安全告警' },
    source: tender(45),
    title: '新的安全告警',
    text: '{rule}，请查看并处置。',
    slots: { rule: 'title' },
    outside: { text: '有新的安全告警，请登录系统处置。', channels: ['sms'], urgent: true },
    permission: 'governance.audit-log:handleAlert',
  }),
};
