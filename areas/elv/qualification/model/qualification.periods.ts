import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule } from '#kernel/source/source.ts';

/** The periods of a qualification; each is a setting an administrator may change. Working days by the holiday calendar. Source: domain 2.2. */
export const qualificationPeriods = {
  accept: {
    setting: 'elv.period.qualification-accept',
    title: '资质申请受理或一次告知补正',
    fallback: 5,
    unit: 'working-day',
    source: rule('行政许可法', '第三十二条第一款第（四）项'),
  },
  supplement: {
    setting: 'elv.period.qualification-supplement',
    title: '企业补正资质申请材料',
    fallback: 30,
    unit: 'day',
    source: assumption('补正期限法律没有规定，按 30 日预设，请业主确认', '0032'),
  },
  decide: {
    setting: 'elv.period.qualification-decide',
    title: '资质认定决定（自受理起，评审时间不计）',
    fallback: 20,
    unit: 'working-day',
    source: rule('行政许可法', '第四十二条'),
  },
  extension: {
    setting: 'elv.period.qualification-extension',
    title: '资质认定决定延长',
    fallback: 10,
    unit: 'working-day',
    source: rule('行政许可法', '第四十二条'),
  },
  onSite: {
    setting: 'elv.period.qualification-on-site',
    title: '资质认定现场评审',
    fallback: 30,
    unit: 'working-day',
    source: assumption('现场评审时间不计入决定期限（行政许可法第四十五条），评审本身按 30 个工作日预设', '0032'),
  },
  validity: {
    setting: 'elv.period.qualification-validity',
    title: '资质认定书有效期',
    fallback: 1_826,
    unit: 'day',
    source: assumption('资质认定书有效期按 5 年预设，请业主确认', '0032'),
  },
  lapse: {
    setting: 'elv.period.qualification-lapse',
    title: '资质认定书到期提前提醒',
    fallback: 60,
    unit: 'day',
    source: assumption('延续须在届满三十日前申请（行政许可法第五十条），提前 60 日提醒', '0032'),
  },
  renewal: {
    setting: 'elv.period.qualification-renewal',
    title: '资质认定书到期前可以申请延续',
    fallback: 90,
    unit: 'day',
    source: assumption('行政许可法第五十条只定最晚何时申请延续；最早按届满前 90 日预设，请业主确认', '0032'),
  },
  hearingRequest: {
    setting: 'elv.period.qualification-hearing-request',
    title: '吊销告知后申请听证',
    fallback: 5,
    unit: 'working-day',
    source: rule('行政处罚法', '第六十四条第（一）项、第八十五条'),
  },
  hearingNotice: {
    setting: 'elv.period.qualification-hearing-notice',
    title: '听证举行前的通知',
    fallback: 7,
    unit: 'working-day',
    source: rule('行政处罚法', '第六十四条第（二）项、第八十五条'),
  },
  penalties: {
    setting: 'elv.period.qualification-penalties',
    title: '行政处罚计入“多次处罚”标注的期间',
    fallback: 365,
    unit: 'day',
    source: assumption('不良企业如何认定没有规定，按一年内两次行政处罚标注，请业主确认', '0032'),
  },
  bar: {
    setting: 'elv.period.qualification-bar',
    title: '以不正当手段取得资质被撤销、资质被吊销后不得重新申请',
    fallback: 1_095,
    unit: 'day',
    source: assumption('撤销依行政许可法第七十九条为三年；吊销后多久可以重新申请没有规定，同按三年预设', '0032'),
  },
} satisfies Record<string, Period>;
