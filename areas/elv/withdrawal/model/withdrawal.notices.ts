import { tender } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';

const group: NoticeGroup = { id: 'elv.withdrawal', title: '撤销申请' };
const slots = { withdrawalNo: 'number', plateNo: 'plate' } as const;
const applicants = 'elv.withdrawal:submit';

/** What enterprises are told of withdrawals; `offered` is told to the enterprise the owner chose. Source: tender R08, R09. */
export const withdrawalNotices = {
  granted: noticeKind({
    id: 'elv.withdrawal.granted',
    group,
    source: tender(9),
    title: '准予撤销',
    text: '撤销申请 {withdrawalNo}（{plateNo}）已准予，案卷已撤销。',
    slots,
    outside: { text: '撤销申请{withdrawalNo}已准予，请登录系统查看。', channels: ['sms'] },
    permission: applicants,
  }),
  refused: noticeKind({
    id: 'elv.withdrawal.refused',
    group,
    source: tender(9),
    title: '不予撤销',
    text: '撤销申请 {withdrawalNo}（{plateNo}）未获准，案卷恢复办理；原因见撤销申请。',
    slots,
    outside: { text: '撤销申请{withdrawalNo}未获准，请登录系统查看。', channels: ['sms'] },
    permission: applicants,
  }),
  handedOn: noticeKind({
    id: 'elv.withdrawal.handed-on',
    group,
    source: tender(8),
    title: '新企业已接收',
    text: '撤销申请 {withdrawalNo}（{plateNo}）的车辆已由新企业接收。',
    slots,
    outside: null,
    permission: applicants,
  }),
  declined: noticeKind({
    id: 'elv.withdrawal.declined',
    group,
    source: tender(8),
    title: '新企业未接收',
    text: '撤销申请 {withdrawalNo}（{plateNo}）的新企业不接收车辆，请告知车主可另选企业。',
    slots,
    outside: { text: '撤销申请{withdrawalNo}：新企业不接收车辆，请登录系统查看。', channels: ['sms'] },
    permission: applicants,
  }),
  offered: noticeKind({
    id: 'elv.withdrawal.offered',
    group,
    source: tender(8),
    title: '有车辆待接收',
    text: '车主改由您单位报废车辆（{plateNo}，撤销申请 {withdrawalNo}），请查看并接收或说明不接收。',
    slots,
    outside: { text: '有车辆待您单位接收（{withdrawalNo}），请登录系统办理。', channels: ['sms'] },
    permission: 'elv.withdrawal:takeOver',
  }),
};
