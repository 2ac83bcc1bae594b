import { describeSource, type Source } from '#kernel/source/source.ts';
import type { FormRow } from '#practices/printed-document/model/form-layout.ts';
import type { EntryStepView } from '#practices/registry/model/registry.views.ts';
import {
  annulmentGrounds,
  cancellationGrounds,
  type Grounds,
  revocationGrounds,
  suspensionGrounds,
} from './grounds.ts';
import type { Addressee } from './written.ts';

/** A paper that a step makes: its name, and what it tells the enterprise of its rights. */
export interface Paper {
  readonly title: string;
  readonly remedy: string | null;
}

const review =
  '对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。（复议、诉讼机关由机关填写）';
const hearing = '企业有权陈述、申辩，并可在告知后五个工作日内申请听证；逾期未申请的视为放弃。';

/** The papers of a qualification, by the action that makes them. Source: tender R11 (生成审核文件); 行政许可法第三十二条、第三十八条; 行政处罚法第六十一条. */
export const papers: Readonly<Record<string, Paper>> = {
  accept: { title: '行政许可申请受理通知书', remedy: null },
  requestSupplement: { title: '行政许可申请材料补正通知书', remedy: null },
  declineApplication: { title: '行政许可申请不予受理决定书', remedy: review },
  passReview: { title: '资质审查意见表', remedy: null },
  passOnPapers: { title: '资质审查意见表', remedy: null },
  recordOnSite: { title: '资质现场评审记录', remedy: null },
  extend: { title: '行政许可决定延期告知书', remedy: null },
  grant: { title: '准予行政许可决定书', remedy: null },
  refuse: { title: '不予行政许可决定书', remedy: review },
  suspend: { title: '责令停业整顿决定书', remedy: review },
  resume: { title: '恢复经营通知书', remedy: null },
  offerHearing: { title: '行政处罚听证告知书', remedy: hearing },
  scheduleHearing: { title: '行政处罚听证通知书', remedy: null },
  recordHearing: { title: '听证笔录（要点）', remedy: null },
  dropRevocation: { title: '不予吊销决定书', remedy: null },
  revoke: { title: '吊销资质认定书决定书', remedy: review },
  annul: { title: '撤销行政许可决定书', remedy: review },
  cancel: { title: '注销资质认定书决定书', remedy: review },
  reviewYear: { title: '资质年审意见', remedy: null },
};

const grounds: Readonly<Record<string, Grounds>> = {
  suspend: suspensionGrounds,
  offerHearing: revocationGrounds,
  revoke: revocationGrounds,
  annul: annulmentGrounds,
  cancel: cancellationGrounds,
};

/** The article a step rests on: the ground that was chosen, else the action's own. Null where no law is known to say it: paper cites nothing else. */
export const basisOf = (action: string, ground: unknown, own: Source): string | null => {
  const source = (typeof ground === 'string' ? grounds[action]?.[ground]?.source : undefined) ?? own;
  return source.kind === 'rule' ? describeSource(source) : null;
};

/** So many letters of a label stand on a line. */
const labelLetters = 6;

const whole = (label: string, value: string): FormRow => {
  const lines = label.match(new RegExp(`.{1,${labelLetters}}`, 'gu')) ?? [label];
  return [{ label: lines.join('\n'), value, columns: 12 }];
};

/** The cells of a paper. */
export const paperRows = (
  step: Pick<EntryStepView, 'details' | 'reason' | 'fromTitle' | 'toTitle'>,
  { name, creditCode, certificateNo }: Addressee,
  basis: string | null,
  remedy: string | null,
): readonly FormRow[] => [
  whole('企业名称', name),
  [
    { label: '统一社会\n信用代码', value: creditCode, columns: 6 },
    { label: '资质认定书\n编号', value: certificateNo ?? '—', columns: 6 },
  ],
  ...step.details.map(({ title, text }) => whole(title, text)),
  ...(step.reason ? [whole('意见或理由', step.reason)] : []),
  ...(step.fromTitle === step.toTitle ? [] : [whole('办理结果', `${step.fromTitle} → ${step.toTitle}`)]),
  ...(basis ? [whole('依据', basis)] : []),
  ...(remedy ? [whole('权利告知', remedy)] : []),
];

/** What the certificate says. Days `yyyy-MM-dd`. */
export interface CertificateFacts extends Addressee {
  readonly legalRepresentative: string;
  readonly registeredAddress: string;
  readonly siteAddress: string;
  readonly yearlyCapacity: string;
  readonly newEnergy: boolean;
  readonly issuedOn: string;
  readonly validUntil: string;
}

const writtenDay = (day: string): string => day.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1年$2月$3日');

/** The cells of the qualification certificate. Source: tender R10; Regulation 715 art. 7. */
export const certificateRows = (facts: CertificateFacts): readonly FormRow[] => [
  whole('企业名称', facts.name),
  [
    { label: '统一社会\n信用代码', value: facts.creditCode, columns: 6 },
    { label: '法定代表人', value: facts.legalRepresentative, columns: 6 },
  ],
  whole('住所', facts.registeredAddress),
  whole('经营场地', facts.siteAddress),
  [
    { label: '业务范围', value: `报废机动车回收拆解${facts.newEnergy ? '（含新能源汽车）' : ''}`, columns: 6 },
    { label: '年回收能力', value: facts.yearlyCapacity, columns: 6 },
  ],
  [
    { label: '发证日期', value: writtenDay(facts.issuedOn), columns: 6 },
    { label: '有效期至', value: writtenDay(facts.validUntil), columns: 6 },
  ],
];
