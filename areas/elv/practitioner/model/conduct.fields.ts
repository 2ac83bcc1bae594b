import { z } from 'zod';
import { choice, day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';

/** Whether a record speaks for or against a person. */
export type Nature = 'good' | 'bad';

/** Titles of both. */
export const natures: Readonly<Record<Nature, string>> = { good: '良好行为', bad: '不良行为' };

const kinds = {
  commendation: { nature: 'good', title: '受到表彰奖励' },
  'rescue-and-report': { nature: 'good', title: '排除险情或举报违法' },
  'skill-award': { nature: 'good', title: '技能竞赛获奖' },
  'other-good': { nature: 'good', title: '其他良好行为' },
  'safety-breach': { nature: 'bad', title: '违反安全操作规程' },
  'environment-breach': { nature: 'bad', title: '违反环保操作要求' },
  'false-record': { nature: 'bad', title: '台账或照片弄虚作假' },
  'certificate-abuse': { nature: 'bad', title: '证书不实或借用他人证书' },
  'illegal-assembly': { nature: 'bad', title: '参与拼装车或违规销售五大总成' },
  'other-bad': { nature: 'bad', title: '其他不良行为' },
} as const satisfies Readonly<Record<string, { readonly nature: Nature; readonly title: string }>>;

/** What a record may be of; the kind says whether it is good or bad. */
export const conductKinds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).map(([kind, { nature, title }]) => [kind, `${natures[nature]}：${title}`]),
);

/** Whether a kind of conduct is good or bad. */
export const natureOf = (kind: string): Nature =>
  // The field's schema lets no other kind in.
  kinds[kind as keyof typeof kinds].nature;

const ours = tender('T2.10');

/** What the commission puts down of a person's conduct; never without the article it rests on. Source: tender T2.10; 上海市社会信用条例 (what is put down of people needs a basis). */
export const conductFields = fieldsOf({
  kind: {
    title: '行为类别',
    source: assumption('行为类别按行业监管常见情形预设，请业主确认', '0046'),
    kind: 'choice',
    sensitivity: 'open',
    choices: conductKinds,
    schema: choice(conductKinds, '行为类别'),
  },
  occurredOn: { title: '发生日期', source: ours, kind: 'date', sensitivity: 'open', schema: day() },
  basis: {
    title: '依据',
    source: rule('上海市社会信用条例', '第三十二条'),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(6, '请写明文件和条款，至少 6 个字').max(200, '最多 200 个字'),
    hint: '写明文件名称和条款，例如：《报废机动车回收管理办法》（国务院令第715号）第二十一条',
  },
  text: {
    title: '事实',
    source: ours,
    kind: 'long-text',
    sensitivity: 'open',
    schema: z.string().trim().min(10, '请写明时间、地点和行为，至少 10 个字').max(1000, '最多 1000 个字'),
  },
});

/** The same as what a step takes. */
export const conductInput = z.object({
  kind: conductFields.kind.schema,
  occurredOn: conductFields.occurredOn.schema,
  basis: conductFields.basis.schema,
  text: conductFields.text.schema,
});
/** See {@link conductInput}. */
export type ConductFacts = z.output<typeof conductInput>;
