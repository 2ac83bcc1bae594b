import type { EntryAbility } from '../../model/registry.views.ts';

/** Sentences reviewers write again and again, by action; each can be changed after it is put in. Source: assumption, drawn from tender R49. */
const templates: Readonly<Record<string, readonly string[]>> = {
  passFirst: ['材料齐全，信息与证照一致', '与法人库不一致处已核对变更登记文件'],
  passSecond: ['同意入库', '同意变更'],
  returnFirst: ['资质认定书照片不清晰，请重新上传', '注册地址与营业执照不一致，请核对', '主要设备填写不完整，请补充'],
  returnSecond: ['初审意见与材料不符，请核对后重报', '场地照片不足以反映实际情况，请补充'],
  refuseFirst: ['不属于本对象库的监管范围', '提交的证照不真实'],
  refuseSecond: ['不属于本对象库的监管范围', '提交的证照不真实'],
  remove: ['企业已注销', '资质已失效且不再延续'],
};

/** The reason templates of an action; none where people should use their own words. */
export const reasonTemplates = (action: string): readonly string[] => templates[action] ?? [];

const order: Readonly<Record<EntryAbility['tone'], number>> = { primary: 0, return: 1, danger: 2, plain: 3 };

/** Main actions first, what ends the matter last. */
export const inOrder = (abilities: readonly EntryAbility[]): readonly EntryAbility[] =>
  [...abilities].sort((a, b) => order[a.tone] - order[b.tone]);

/** Whether these are the abilities of somebody who judges the entry. */
export const isReviewer = (abilities: readonly EntryAbility[]): boolean =>
  abilities.some(({ action }) => action === 'passFirst' || action === 'passSecond');
