import { tender } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';

const group: NoticeGroup = { id: 'elv.citizen-application', title: '个人申请' };
const slots = { applicationNo: 'number', plateNo: 'plate' } as const;
const permission = 'elv.citizen-application:accept';

/** What an enterprise is told of applications that chose it. Source: tender R62. */
export const citizenApplicationNotices = {
  offered: noticeKind({
    id: 'elv.citizen-application.offered',
    group,
    source: tender(62),
    title: '有个人申请待接收',
    text: '车主选择您单位报废车辆（{plateNo}，个人申请 {applicationNo}），请在期限内接收或说明不接收。',
    slots,
    outside: { text: '有个人报废申请待您单位接收（{applicationNo}），请登录系统办理。', channels: ['sms'] },
    permission,
  }),
  recalled: noticeKind({
    id: 'elv.citizen-application.recalled',
    group,
    source: tender(62),
    title: '个人申请已撤回',
    text: '个人申请 {applicationNo}（{plateNo}）已由申请人撤回，不需要再办理。',
    slots,
    outside: null,
    permission,
  }),
  expired: noticeKind({
    id: 'elv.citizen-application.expired',
    group,
    source: tender(62),
    title: '个人申请逾期未答复',
    text: '个人申请 {applicationNo}（{plateNo}）逾期未答复，申请人可以另选企业。',
    slots,
    outside: null,
    permission,
  }),
};

/** What an applicant is told by short message: the application's number and nothing of who anybody is. Source: tender R62; adr/0040. */
export const citizenMessages = {
  accept: '您的报废申请{no}已由回收企业接收，请按约定交车，进度可在“个人报废申请”查看。',
  decline: '您的报废申请{no}未被回收企业接收，您可以另选一家企业，请在“个人报废申请”办理。',
  expire: '您的报废申请{no}回收企业逾期未答复，您可以另选一家企业，请在“个人报废申请”办理。',
} as const;
