import { z } from 'zod';
import { rule, type Source, tender } from '#kernel/source/source.ts';
import { findPhotoPart, showsPerson } from '../../vehicle-case/model/photo-parts.ts';

/** A text the applicant agrees to. A changed text gets the next version: what was agreed to is known by id and version. */
export interface Consent {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly source: Source;
}

/** What an applicant agrees to today. Source: tender R62; Personal Information Protection Law, articles 14, 17, 29. */
export const consents: readonly Consent[] = [
  {
    id: 'scrapping',
    version: 1,
    title: '报废意愿',
    text: '车辆由所有人自愿或依法报废，我有权提出本申请，所填内容和所传材料真实。回收企业由我从全部有资质的企业中自行选择，没有人替我指定。车辆拆解之后不能恢复。',
    source: tender(62),
  },
  {
    id: 'personal-information',
    version: 1,
    title: '个人信息处理',
    text: '为办理报废、核验身份和办理注销登记，市商务委及所选回收企业处理本申请中的姓名、身份证号码、手机号码、地址和车辆信息，并提供给公安交通管理部门核验；不用于其他用途，按档案期限保存。可以查阅、更正；企业接收之前可以撤回，撤回后不再继续办理。',
    source: rule('中华人民共和国个人信息保护法', '第十四条、第十七条'),
  },
  {
    id: 'identity-papers',
    version: 1,
    title: '身份证件影像（单独同意）',
    text: '身份证件影像属于敏感个人信息，只用于核验申请人和所有人的身份，加密保存，只有所选企业的经办人和审核人员可以查看，查看均有记录。',
    source: rule('中华人民共和国个人信息保护法', '第二十九条'),
  },
];

/** What has to be agreed to before a photograph of this place may be taken; undefined where it shows nobody. Source: Personal Information Protection Law, articles 13, 29. */
export const consentBefore = (part: string): Consent | undefined => {
  const place = findPhotoPart(part);
  if (!place || !showsPerson(place)) return undefined;
  const wanted = place.section === 'papers' ? 'personal-information' : 'identity-papers';
  return consents.find(({ id }) => id === wanted);
};

/** Whether today's version of a text was agreed to. */
export const isAgreed = (agreed: readonly GivenConsent[], { id, version }: Consent): boolean =>
  agreed.some((one) => one.id === id && one.version === version);

const given = z.object({ id: z.string().max(40), version: z.int() });

/** What was agreed to. */
export type GivenConsent = z.output<typeof given>;

/** The consents that come with handing in: all of today's versions, else it is told which are missing. */
export const consentInput = z.object({ consents: z.array(given).max(20).default([]) }).superRefine((input, context) => {
  for (const { id, version, title } of consents) {
    if (!input.consents.some((one) => one.id === id && one.version === version))
      context.addIssue({ code: 'custom', path: ['consents', id], message: `请阅读并同意“${title}”` });
  }
});
