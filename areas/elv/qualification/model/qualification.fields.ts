import { z } from 'zod';
import { choice, day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';

const text = (least: number, most: number) =>
  z.string().trim().min(least, `至少 ${least} 个字`).max(most, `最多 ${most} 个字`);

const amount = (most: number) =>
  z.number('应为数字').int('应为整数').min(1, '应大于 0').max(most, `不应超过 ${most}，请核对`);

/** What an enterprise applies for. */
export const matters = { initial: '首次申请', change: '变更', renewal: '延续' } as const;

const regulation = '报废机动车回收管理办法（国务院令第715号）';

/** 申请事项. Source: tender R10, R12. */
export const applicationFields = fieldsOf({
  matter: {
    title: '申请事项',
    source: rule('行政许可法', '第四十九条、第五十条'),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(matters, '申请事项'),
    choices: matters,
  },
  statement: {
    title: '申请说明',
    source: tender(12),
    kind: 'long-text',
    sensitivity: 'open',
    schema: text(4, 1_000),
    hint: '变更的写明变更了什么、为什么；首次申请的写明拟开展的业务',
  },
});

/** 经营场地与环境保护. Source: tender R10, R12; Regulation 715 art. 5. */
export const siteFields = fieldsOf({
  siteAddress: {
    title: '经营场地地址',
    source: tender(12),
    kind: 'long-text',
    sensitivity: 'open',
    schema: text(6, 200),
    hint: '存储、拆解作业的实际场地',
  },
  landRight: {
    title: '场地使用权',
    source: assumption('场地权属材料的要求待核（2020年第2号令），按自有或租赁分列'),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice({ owned: '自有', leased: '租赁' }, '场地使用权'),
    choices: { owned: '自有', leased: '租赁' },
  },
  leasedUntil: {
    title: '租赁期至',
    source: assumption('租赁场地须写明租赁期（2020年第2号令，待核）'),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    shownIf: { landRight: ['leased'] },
  },
  environmentalApproval: {
    title: '环境影响评价批复文号',
    source: rule(regulation, '第五条'),
    kind: 'code',
    sensitivity: 'open',
    schema: text(2, 80),
  },
  dismantlesNewEnergy: {
    title: '拆解新能源汽车',
    source: assumption('新能源汽车拆解的专门条件（GB 22128-2019）条款号待核'),
    kind: 'switch',
    sensitivity: 'open',
    schema: z.boolean(),
    optional: true,
  },
});

/** 人员. Source: tender R10; Regulation 715 art. 5. */
export const staffFields = fieldsOf({
  staffCount: {
    title: '从业人员',
    source: rule(regulation, '第五条'),
    kind: 'number',
    sensitivity: 'open',
    schema: amount(10_000),
    unit: '人',
  },
  technicianCount: {
    title: '专业技术人员',
    source: rule(regulation, '第五条'),
    kind: 'number',
    sensitivity: 'open',
    schema: amount(10_000),
    unit: '人',
    hint: 'GB 22128-2019 要求的持证技术、安全、环保人员',
  },
});

/** 资质认定书: written by the decision, by nobody's hand. Source: tender R10; Regulation 715 art. 7. */
export const certificateFields = fieldsOf({
  certificateNo: {
    title: '资质认定书编号',
    source: assumption('编号规则须业主给出，现按“沪拆资〔年〕序号”由系统编制'),
    kind: 'code',
    sensitivity: 'open',
    schema: text(4, 60),
    optional: true,
    hint: '准予后由系统编制',
  },
  issuedOn: {
    title: '发证日期',
    source: rule(regulation, '第七条'),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    optional: true,
  },
  validUntil: {
    title: '有效期至',
    source: assumption('资质认定书有效期待业主确认，按系统设置的天数计'),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    optional: true,
  },
});
