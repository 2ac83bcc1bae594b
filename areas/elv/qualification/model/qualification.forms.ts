import { z } from 'zod';
import { type AnyDraft, choice, day, type Fields, faultsOf, fieldsOf, isShown } from '#kernel/fields/field.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { annulmentGrounds, cancellationGrounds, revocationGrounds, suspensionGrounds, titlesOf } from './grounds.ts';

const text = (least: number, most: number) =>
  z.string().trim().min(least, `至少 ${least} 个字`).max(most, `最多 ${most} 个字`);
const penaltyLaw = '行政处罚法';

const words = (title: string, source = tender(11), most = 1_000) =>
  ({ title, source, kind: 'long-text', sensitivity: 'open', schema: text(4, most) }) as const;
const line = (title: string, source = tender(11)) =>
  ({ title, source, kind: 'text', sensitivity: 'open', schema: text(2, 120) }) as const;
const date = (title: string, source = tender(11)) =>
  ({ title, source, kind: 'date', sensitivity: 'open', schema: day() }) as const;
const chosen = (title: string, choices: Readonly<Record<string, string>>, source = tender(11)) =>
  ({ title, source, kind: 'choice', sensitivity: 'open', schema: choice(choices, title), choices }) as const;

/** Departments a decision is shared with. Source: tender R13 (将信息共享各相关部门). */
export const departments = {
  tellPolice: '公安交通管理部门',
  tellEcology: '生态环境部门',
  tellMarket: '市场监督管理部门',
  tellTax: '税务部门',
} as const;

const told = Object.fromEntries(
  Object.entries(departments).map(([name, title]) => [
    name,
    {
      title: `通报${title}`,
      source: tender(13),
      kind: 'switch',
      sensitivity: 'open',
      schema: z.boolean(),
      optional: true,
    },
  ]),
) as unknown as Fields;

const message = { ...words('告知企业的内容', tender(13)), hint: '企业打开资质页面即看到，并须确认收悉' } as const;
const decisionNo = line('文书编号', assumption('文书编号由机关自行编制', '0032'));

/** How a finding of the visit ends. */
export const visitConclusions = { pass: '符合条件', rectify: '整改后复核', fail: '不符合条件' } as const;
const findings = { good: '符合', poor: '不符合', none: '不适用' } as const;

/** How a penalised enterprise was heard before it is made to stop. Source: 行政处罚法第六十三条. */
export const heardHow = { waived: '已告知听证权利，企业放弃或逾期未申请', held: '已举行听证' } as const;

/** How a year went. */
export const yearConclusions = { pass: '合格', rectify: '限期整改', fail: '不合格' } as const;

/** What the steps of a qualification ask for, by action. Source: tender R11, R13. */
export const qualificationForms = {
  requestSupplement: fieldsOf({
    items: {
      ...words('需要补正的全部内容', rule('行政许可法', '第三十二条第一款第（四）项')),
      hint: '法律要求一次告知，请逐项写全',
    },
  }),
  passReview: fieldsOf({ opinion: words('审查意见') }),
  passOnPapers: fieldsOf({ opinion: words('审查意见') }),
  recordOnSite: fieldsOf({
    visitedOn: date('评审日期'),
    members: { ...line('评审人员'), hint: '不少于两人，写明姓名和单位' },
    site: chosen('场地与设施', findings),
    equipment: chosen('设备', findings),
    staff: chosen('人员', findings),
    environment: chosen('环境保护', findings),
    record: words('现场评审记录', tender(11), 2_000),
    conclusion: chosen('评审结论', visitConclusions),
  }),
  suspend: fieldsOf({
    decisionNo,
    ground: chosen('处罚依据', titlesOf(suspensionGrounds), tender(13)),
    facts: words('违法事实', tender(13)),
    noticedOn: date('听证权利告知送达日期', rule(penaltyLaw, '第六十三条第一款第（四）项')),
    heard: chosen('听证情况', heardHow, rule(penaltyLaw, '第六十三条第一款第（四）项')),
    until: { ...date('停业整顿至', tender(13)), hint: '当日仍停业，次日起恢复' },
    ...told,
    message,
  }),
  resume: fieldsOf({ inspection: words('整改复查情况', tender(13)), ...told, message }),
  offerHearing: fieldsOf({
    decisionNo,
    ground: chosen('拟吊销的依据', titlesOf(revocationGrounds), tender(13)),
    facts: words('违法事实与证据', tender(13)),
    message,
  }),
  requestHearing: fieldsOf({ statement: words('听证申请理由', rule(penaltyLaw, '第六十四条第（一）项')) }),
  scheduleHearing: fieldsOf({
    decisionNo,
    heldOn: { ...date('听证日期', rule(penaltyLaw, '第六十四条第（二）项')), hint: '至少提前 7 个工作日通知' },
    place: line('听证时间与地点', rule(penaltyLaw, '第六十四条第（二）项')),
    chair: { ...line('听证主持人', rule(penaltyLaw, '第六十四条第（四）项')), hint: '由非本案调查人员主持' },
    message,
  }),
  recordHearing: fieldsOf({ record: words('听证笔录要点', rule(penaltyLaw, '第六十四条第（八）项'), 2_000) }),
  revoke: fieldsOf({
    decisionNo,
    ground: chosen('处罚依据', titlesOf(revocationGrounds), tender(13)),
    facts: words('违法事实与采信理由', tender(13)),
    ...told,
    message,
  }),
  annul: fieldsOf({
    decisionNo,
    ground: chosen('撤销依据', titlesOf(annulmentGrounds), tender(13)),
    facts: words('事实与理由', tender(13)),
    ...told,
    message,
  }),
  cancel: fieldsOf({
    decisionNo,
    ground: chosen('注销依据', titlesOf(cancellationGrounds), tender(13)),
    facts: words('事实与理由', tender(13)),
    ...told,
    message,
  }),
  reviewYear: fieldsOf({
    year: {
      title: '年度',
      source: tender(10),
      kind: 'number',
      sensitivity: 'open',
      schema: z.number('应为数字').int('应为整数').min(2019, '应为 2019 年以后').max(2100, '年度有误'),
    },
    conclusion: chosen('年审结论', yearConclusions, tender(10)),
    opinion: words('年审意见', tender(10)),
  }),
} satisfies Readonly<Record<string, Fields>>;

/** The schema of a form: every fault is told at its field, and nothing but its fields is kept. */
export const schemaOf = (fields: Fields): z.ZodType<AnyDraft> =>
  z.record(z.string().max(60), z.unknown()).transform((draft, context) => {
    for (const { field, message: fault } of faultsOf(fields, draft))
      context.addIssue({ code: 'custom', path: [field], message: fault });
    return Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        if (!Object.hasOwn(draft, name) || !isShown(field, draft)) return [];
        const read = field.schema.safeParse(draft[name]);
        return read.success ? [[name, read.data]] : [];
      }),
    );
  });

/** A value of a form that was read, as text. */
export const textOf = (input: unknown, name: string): string => {
  const value = (input as AnyDraft)[name];
  return typeof value === 'string' ? value : '';
};

/** The departments a step was shared with, by name. */
export const toldIn = (input: unknown): readonly string[] =>
  Object.entries(departments).flatMap(([name, title]) => ((input as AnyDraft)[name] === true ? [title] : []));
