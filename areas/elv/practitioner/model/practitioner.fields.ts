import { z } from 'zod';
import { choice, day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, standard, tender } from '#kernel/source/source.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkPersonName } from '#practices/identity-codes/model/person-name.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

/** What people at a dismantling enterprise do there. Source: domain 6.2 D13 (GB 22128-2019), D15; the list itself is an assumption. */
export const posts = {
  dismantler: '拆解工',
  technician: '专业技术人员',
  battery: '动力蓄电池拆卸人员',
  safety: '安全管理人员',
  environment: '环保管理人员',
  'hazardous-waste': '危险废物管理人员',
  lifting: '起重、叉车操作人员',
  acceptance: '受理查验人员',
  management: '生产管理人员',
  other: '其他',
} as const;

/** Kinds of certificates people at work hold. Source: domain 6.2 D13, D15; the list itself is an assumption. */
export const certificateKinds = {
  'special-operation': '特种作业操作证',
  'special-equipment': '特种设备作业人员证',
  'safety-manager': '安全生产管理人员考核合格证',
  'battery-dismantling': '动力蓄电池拆卸培训合格证',
  'refrigerant-recovery': '制冷剂回收培训合格证',
  'vocational-skill': '职业技能等级证书',
  'technical-title': '专业技术职称证书',
  other: '其他证书',
} as const;

/** How a training ended. */
export const trainingResults = { passed: '合格', failed: '不合格', attended: '参加（不考核）' } as const;

const ours = tender(49, 'T2.10');

/** What is entered of a person at work. Source: tender T2.10; domain 10.5 (what is sealed and how it is masked). */
export const practitionerFields = fieldsOf({
  name: {
    title: '姓名',
    source: ours,
    kind: 'text',
    sensitivity: 'personal',
    mask: 'name',
    schema: checkedBy(checkPersonName),
    hint: '与身份证一致',
  },
  identityNo: {
    title: '身份证号码',
    source: ours,
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: checkedBy(checkIdentityNumber),
    hint: '18 位；在 Excel 中请把单元格设为文本格式',
  },
  phone: {
    title: '手机或电话',
    source: ours,
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
  },
  post: {
    title: '岗位',
    source: assumption('岗位按 GB 22128-2019 对人员的要求和常见分工预设，请业主确认', '0046'),
    kind: 'choice',
    sensitivity: 'open',
    choices: posts,
    schema: choice(posts, '岗位'),
  },
  since: { title: '到岗日期', source: ours, kind: 'date', sensitivity: 'open', schema: day() },
});

/** The fields of a person that are sealed at rest, as far as they are corrected after entering. */
export const sealedFields = [
  'name',
  'identityNo',
  'phone',
] as const satisfies readonly (keyof typeof practitionerFields)[];
/** See {@link sealedFields}. */
export type SealedField = (typeof sealedFields)[number];

/** What is entered of a certificate. Its number often is the identity number itself, so it is sealed as well. */
export const certificateFields = fieldsOf({
  kind: {
    title: '证书类别',
    source: assumption('证书类别按 GB 22128-2019、安全生产和特种设备管理要求预设，请业主确认', '0046'),
    kind: 'choice',
    sensitivity: 'open',
    choices: certificateKinds,
    schema: choice(certificateKinds, '证书类别'),
  },
  number: {
    title: '证书编号',
    source: standard('GB 22128-2019', '人员要求'),
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: z.string().trim().min(4, '至少 4 个字符').max(40, '最多 40 个字符'),
  },
  issuedOn: {
    title: '发证日期',
    source: ours,
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
  },
  validUntil: {
    title: '有效期至',
    source: ours,
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    optional: true,
    hint: '不填为长期有效',
  },
  issuer: {
    title: '发证机关',
    source: ours,
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(80, '最多 80 个字'),
  },
});

/** What is entered of a training. Source: tender T2.10. */
export const trainingFields = fieldsOf({
  title: {
    title: '培训内容',
    source: ours,
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(80, '最多 80 个字'),
  },
  hours: {
    title: '学时',
    source: ours,
    kind: 'number',
    sensitivity: 'open',
    unit: '学时',
    schema: z.number('应为数字').int('应为整数').min(1, '至少 1 学时').max(500, '最多 500 学时'),
  },
  heldOn: { title: '培训日期', source: ours, kind: 'date', sensitivity: 'open', schema: day() },
  result: {
    title: '考核结果',
    source: ours,
    kind: 'choice',
    sensitivity: 'open',
    choices: trainingResults,
    schema: choice(trainingResults, '考核结果'),
  },
});

/** What single values of a person roles may show otherwise than the rest. Source: tender R44. */
export const practitionerPersonal: Readonly<Record<string, string>> = {
  ...Object.fromEntries(sealedFields.map((field) => [field, practitionerFields[field].title])),
  certificateNo: certificateFields.number.title,
  certificateFile: '证书图片',
  conductText: '行为记录的事实、异议和理由',
};

/** What is wrong with the days of a certificate, beside each of them. */
export const certificateDayFaults = (
  { issuedOn, validUntil }: Readonly<Record<string, unknown>>,
  today: string,
): readonly { readonly field: 'issuedOn' | 'validUntil'; readonly message: string }[] => [
  ...(typeof issuedOn === 'string' && issuedOn > today
    ? [{ field: 'issuedOn' as const, message: '发证日期不能晚于今天' }]
    : []),
  ...(typeof issuedOn === 'string' && typeof validUntil === 'string' && validUntil < issuedOn
    ? [{ field: 'validUntil' as const, message: '有效期不能早于发证日期' }]
    : []),
];

/** The title of a code of one of these lists; the code itself where the list no longer has it. */
export const titleIn = (titles: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(titles, code) ? (titles[code] ?? code) : code;
