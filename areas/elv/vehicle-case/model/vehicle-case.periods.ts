import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule } from '#kernel/source/source.ts';

const assumed = assumption('招标需求未写明审核时限，按 3 个工作日预设，请业主确认');

/** The deadlines of a vehicle case; each is a setting an administrator may change. Source: domain 2.2. */
export const elvPeriods = {
  deskReview: {
    setting: 'elv.period.desk-review',
    title: '车管审核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  confirm: { setting: 'elv.period.confirm', title: '商委确认时限', fallback: 3, unit: 'working-day', source: assumed },
  entryReview: {
    setting: 'elv.period.entry-review',
    title: '进场审核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  dismantleReview: {
    setting: 'elv.period.dismantle-review',
    title: '拆解审核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  correctionReview: {
    setting: 'elv.period.correction-review',
    title: '商委更正审核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  identityReview: {
    setting: 'elv.period.identity-review',
    title: '车管身份更正复核时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  identityConfirm: {
    setting: 'elv.period.identity-confirm',
    title: '商委身份更正确认时限',
    fallback: 3,
    unit: 'working-day',
    source: assumed,
  },
  policeReview: {
    setting: 'elv.period.police-review',
    title: '公安监销审核时限',
    fallback: 5,
    unit: 'working-day',
    source: assumption('公安监销审核的答复时限未定，按 5 个工作日预设；超期可重新报送'),
  },
  dismantle: {
    setting: 'elv.period.dismantle',
    title: '完成拆解时限',
    fallback: 60,
    unit: 'day',
    source: assumption('完成拆解 60 日的起算点待业主确认，现自进场审核通过起算'),
  },
  deregistration: {
    setting: 'elv.period.deregistration',
    title: '申请注销时限',
    fallback: 7,
    unit: 'working-day',
    source: rule('机动车登记规定（公安部令第164号）', '第三十八条'),
  },
} satisfies Record<string, Period>;
