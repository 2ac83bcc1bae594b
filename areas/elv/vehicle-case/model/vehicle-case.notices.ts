import { tender } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';

const group: NoticeGroup = { id: 'elv.vehicle-case', title: '报废案卷' };
const slots = { caseNo: 'number', plateNo: 'plate' } as const;
/** Whoever may hand a case in again is told what has become of it. */
const permission = 'elv.vehicle-case:submit';
/** Whoever decides of an asserted identity is told what came of it outside. */
const commission = 'elv.vehicle-case:confirmIdentity';

/** What a yard is told of its cases, and the commission of what only people can put right. Source: tender R02, R04, R06, R07, R60. */
export const caseNotices = {
  returned: noticeKind({
    id: 'elv.vehicle-case.returned',
    group,
    source: tender(2, 3, 4, 7),
    title: '案卷被退回',
    text: '案卷 {caseNo}（{plateNo}）被退回，请按退回原因修改后重新提交。',
    slots,
    outside: { text: '案卷{caseNo}被退回，请登录系统查看原因并修改。', channels: ['sms'] },
    permission,
  }),
  refused: noticeKind({
    id: 'elv.vehicle-case.refused',
    group,
    source: tender(2),
    title: '不予报废',
    text: '案卷 {caseNo}（{plateNo}）不予报废，案卷就此终止；原因见案卷。',
    slots,
    outside: { text: '案卷{caseNo}不予报废，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
  certified: noticeKind({
    id: 'elv.vehicle-case.certified',
    group,
    source: tender(6),
    title: '回收证明已出具',
    text: '案卷 {caseNo}（{plateNo}）的《报废机动车回收证明》已出具，可以打印；须注销登记的，请填报注销信息。',
    slots,
    outside: { text: '案卷{caseNo}的回收证明已出具，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
  identityConfirmed: noticeKind({
    id: 'elv.vehicle-case.identity-confirmed',
    group,
    source: tender(2),
    title: '车辆身份更正已确认',
    text: '案卷 {caseNo}（{plateNo}）的车辆身份更正已确认；已上报的待全国系统撤回后，请核对拆解信息并重新提交。',
    slots,
    outside: { text: '案卷{caseNo}的车辆身份更正已确认，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
  identityDropped: noticeKind({
    id: 'elv.vehicle-case.identity-dropped',
    group,
    source: tender(2),
    title: '车辆身份不予更正',
    text: '案卷 {caseNo}（{plateNo}）的车辆身份不予更正，已恢复为原来的车架号和号牌，按原状态继续办理；原因见案卷。',
    slots,
    outside: { text: '案卷{caseNo}的车辆身份不予更正，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
  wronglyDismantled: noticeKind({
    id: 'elv.vehicle-case.wrongly-dismantled',
    group,
    source: tender(2),
    title: '案卷因错拆终止',
    text: '案卷 {caseNo}（{plateNo}）认定拆解的不是申报车辆，将予终止（已上报的，撤回后终止）；请立即向公安机关报告，原因见案卷。',
    slots,
    outside: { text: '案卷{caseNo}因错拆终止，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
  reportNotTakenBack: noticeKind({
    id: 'elv.vehicle-case.report-not-taken-back',
    group,
    source: tender(57),
    title: '全国系统没有撤回原上报',
    text: '案卷 {caseNo}（{plateNo}）的原上报没有撤回，已回到车管重新复核；也可以不予更正，认定错拆的可以终止案卷，原因见案卷。',
    slots,
    outside: null,
    permission: commission,
  }),
  policeNotTakenBack: noticeKind({
    id: 'elv.vehicle-case.police-not-taken-back',
    group,
    source: tender(60),
    title: '公安没有撤回错误的告知',
    text: '案卷 {caseNo} 的回收证明已作废，但公安没有撤回号牌 {plateNo} 的回收或号牌销毁告知，请与公安核对并人工更正；对方答复见案卷。',
    slots,
    outside: null,
    permission: commission,
  }),
  deregistered: noticeKind({
    id: 'elv.vehicle-case.deregistered',
    group,
    source: tender(7),
    title: '注销证明已取得',
    text: '案卷 {caseNo}（{plateNo}）的注销证明已取得，请通知领证人并登记领证。',
    slots,
    outside: { text: '案卷{caseNo}的注销证明已取得，请登录系统查看。', channels: ['sms'] },
    permission,
  }),
};
