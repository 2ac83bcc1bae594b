import { assumption } from '#kernel/source/source.ts';
import { noticeKind } from '#practices/notice/model/notice-kind.ts';

/** What those are told who look after the gateways. */
export const sendingNotices = {
  stopped: noticeKind({
    id: 'notice.delivery.stopped',
    group: { id: 'notice.delivery', title: '系统运行' },
    source: assumption('网关长时间不可用时由系统管理员处理', '0040'),
    title: '消息多次未能发出',
    text: '短信或邮件网关连续一天未能接收消息，部分消息已停发；请查看发送情况，联系网关服务方，恢复后可在运行状况中重新发送。',
    slots: {},
    // The gateway itself does not serve.
    outside: null,
    permission: 'notice.delivery:read',
  }),
};
