import { rule, tender } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';
import { lapsingNotice } from '#practices/registry/model/registry.notices.ts';

const id = 'elv.qualification';
const group: NoticeGroup = { id, title: '企业资质' };
const penalties = '行政处罚法';
const licensing = '行政许可法';

const kind = (
  event: string,
  source: ReturnType<typeof rule>,
  title: string,
  text: string,
  { bound = false }: { readonly bound?: boolean } = {},
) =>
  noticeKind({
    id: `${id}.${event}`,
    group,
    source,
    title,
    text,
    slots: {},
    // What takes something away is sent whatever its recipient has chosen.
    outside: {
      text: `您单位的企业资质：${title}，请登录系统查看。`,
      channels: ['sms'],
      ...(bound ? { bound: ['sms'] as const, urgent: true } : {}),
    },
    permission: `${id}:submit`,
  });

const bound = { bound: true } as const;

/** What an enterprise is told of its qualification; the words of a decision itself stand at the matter. Source: tender R10–R13. */
export const qualificationNotices = {
  steps: {
    accepted: kind(
      'accepted',
      rule(licensing, '第三十二条'),
      '申请已受理',
      '您单位的资质申请已受理，决定期限自受理之日起计算。',
    ),
    supplement: kind(
      'supplement',
      rule(licensing, '第三十二条第一款第（四）项'),
      '申请须补正',
      '您单位的资质申请须补正，需要补正的全部内容见企业资质页面。',
    ),
    declined: kind(
      'declined',
      rule(licensing, '第三十二条'),
      '申请不予受理',
      '您单位的资质申请不予受理，原因见企业资质页面。',
    ),
    extended: kind(
      'extended',
      rule(licensing, '第四十二条'),
      '决定期限已延长',
      '您单位资质申请的决定期限已延长 10 个工作日，理由见企业资质页面。',
    ),
    granted: kind(
      'granted',
      rule(licensing, '第三十八条第一款'),
      '准予许可',
      '您单位的资质申请已准予，资质认定书可在企业资质页面查看和下载。',
    ),
    refused: kind(
      'refused',
      rule(licensing, '第三十八条第二款'),
      '不予许可',
      '您单位的资质申请不予许可，理由和救济途径见企业资质页面；已有资质的，原资质不变。',
    ),
    suspended: kind(
      'suspended',
      tender(13),
      '责令停业整顿',
      '您单位被责令停业整顿，自此刻起不能新受理车辆，已受理的可以办完或移交；决定内容见企业资质页面。',
      bound,
    ),
    resumed: kind('resumed', tender(13), '停业整顿提前结束', '您单位的停业整顿已提前结束，自此刻起可以受理车辆。'),
    hearingOffered: kind(
      'hearing-offered',
      rule(penalties, '第六十三条'),
      '拟吊销，告知听证权利',
      '拟吊销您单位的资质；您单位可在 5 个工作日内申请听证，告知内容见企业资质页面。',
      bound,
    ),
    hearingSet: kind(
      'hearing-set',
      rule(penalties, '第六十四条'),
      '听证通知',
      '您单位申请的听证已确定日期，请按时参加，通知内容见企业资质页面。',
      bound,
    ),
    revocationDropped: kind(
      'revocation-dropped',
      rule(penalties, '第五十七条'),
      '不予吊销',
      '对您单位的吊销程序已结束，您单位保持资质。',
    ),
    revoked: kind(
      'revoked',
      rule(penalties, '第五十七条'),
      '资质已吊销',
      '您单位的资质已被吊销，自此刻起不能新受理车辆，已受理的可以办完或移交；决定内容见企业资质页面。',
      bound,
    ),
    annulled: kind(
      'annulled',
      rule(licensing, '第六十九条'),
      '资质已撤销',
      '您单位的资质已被撤销，自此刻起不能新受理车辆，已受理的可以办完或移交；决定内容见企业资质页面。',
      bound,
    ),
    cancelled: kind(
      'cancelled',
      rule(licensing, '第七十条'),
      '资质已注销',
      '您单位的资质已注销，不能再受理车辆，已受理的可以办完或移交。',
      bound,
    ),
  },
  lapsing: lapsingNotice({ id, title: group.title, source: tender(10) }, group, {
    paper: '资质认定书',
    advice: '延续须在届满三十日前申请。',
  }),
};
