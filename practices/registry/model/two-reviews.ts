import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { RegistryFlow, StepTone } from './flow.ts';
import type { ReviewedTwice } from './profile.ts';
import { type RegistryAction, registryLifecycle } from './registry.lifecycle.ts';
import { registryNotices } from './registry.notices.ts';
import type { RegistryCase } from './registry-record.ts';

const tones: Readonly<Record<RegistryAction, StepTone>> = {
  submit: 'primary',
  submitImported: 'primary',
  abandonChange: 'plain',
  passFirst: 'primary',
  returnFirst: 'return',
  refuseFirst: 'danger',
  passSecond: 'primary',
  returnSecond: 'return',
  refuseSecond: 'danger',
  beginChange: 'plain',
  declareAgain: 'primary',
  remove: 'danger',
};

/** Source: assumption, drawn from tender R49. */
const templates: Readonly<Record<string, readonly string[]>> = {
  passFirst: ['材料齐全，信息与证照一致', '与法人库不一致处已核对变更登记文件'],
  passSecond: ['同意入库', '同意变更'],
  returnFirst: ['资质认定书照片不清晰，请重新上传', '注册地址与营业执照不一致，请核对', '主要设备填写不完整，请补充'],
  returnSecond: ['初审意见与材料不符，请核对后重报', '场地照片不足以反映实际情况，请补充'],
  refuseFirst: ['不属于本对象库的监管范围', '提交的证照不真实'],
  refuseSecond: ['不属于本对象库的监管范围', '提交的证照不真实'],
  remove: ['企业已注销', '资质已失效且不再延续'],
};

const reasonTitle = (state: string, stands: boolean): string => {
  if (state === 'refused') return '不予入库，原因：';
  if (state === 'removed') return '移出原因：';
  return state === 'registered' && stands ? '上次变更未通过，原因：' : '退回修改，原因：';
};

/** Entries that are reviewed twice by different people. Source: tender R49. */
export const twoReviews = (profile: ReviewedTwice): RegistryFlow => ({
  lifecycle: widened(registryLifecycle(profile)),
  tones,
  unhurried: ['declareAgain'],
  idle: (action, { standing, origin }: RegistryCase) =>
    (action === 'abandonChange' && standing === null) || (action === 'submitImported' && origin !== 'imported'),
  duties: { drafting: '申报待提交（含退回修改）', firstReview: '申报待初审', secondReview: '申报待复审' },
  judged: ['firstReview', 'secondReview'],
  judging: ['passFirst', 'passSecond'],
  beside: [],
  mark: () => null,
  rest: 'registered',
  looks: { registered: 'done', refused: 'refused', removed: 'idle' },
  waitingFor: (state, { origin }) => {
    if (state === 'firstReview') return '对象库初审人员';
    if (state === 'secondReview') return '对象库复审人员';
    if (state === 'drafting') return origin === 'imported' ? '对象库登记人员' : `${profile.subject}经办人`;
    return '';
  },
  forms: {},
  templates,
  reasonTitle,
  notes: () => [],
  notices: registryNotices(profile),
  words: {
    declare: '申报入库',
    undeclared: '本企业还没有申报入库',
    undeclaredHow: '点右上角的申报入库，填写企业、资质和场地信息并上传证照；初审、复审都通过即入库。',
    empty: `${profile.subject}自行申报或由管理部门导入后，会出现在这里；初审、复审都通过即入库。`,
    since: '入库',
    standing: '只看在库',
    stood: '在库',
    changing: '库内信息变更中',
    renewal: '办理延续后请申请变更，更新证书信息。',
    noFiles: '没有附件：由管理部门导入的企业，入库后以变更补交。',
  },
});
