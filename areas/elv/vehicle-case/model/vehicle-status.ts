import { assumption, rule, type Source } from '#kernel/source/source.ts';

/** What a finding means for taking in the vehicle; later ones are worse. */
export const verdictOrder = ['pass', 'notice', 'manual', 'block'] as const;
/** One of {@link verdictOrder}. */
export type StatusVerdict = (typeof verdictOrder)[number];

/** One police status letter and its consequence. `report`: the case is frozen and police must be told. */
export interface StatusRule {
  readonly title: string;
  readonly verdict: StatusVerdict;
  readonly advice: string;
  readonly report?: true;
  readonly source: Source;
}

const regulation = rule('报废机动车回收管理办法（国务院令第715号）', '第十条');
const registration = rule('机动车登记规定（公安部令第164号）', '第四十二条');
const proposed = assumption('公安状态字典以公安回传为准，处置口径待业主确认（domain 2.9）');

/** Each letter of the police status. Source: domain 2.9. */
export const statusRules: Readonly<Record<string, StatusRule>> = Object.freeze({
  A: { title: '正常', verdict: 'pass', advice: '可以受理', source: proposed },
  B: { title: '转出', verdict: 'block', advice: '档案已转出，请按外省市车辆办理', source: proposed },
  C: {
    title: '被盗抢',
    verdict: 'block',
    advice: '不得拆解，请立即向公安机关报告',
    report: true,
    source: regulation,
  },
  D: { title: '停驶', verdict: 'notice', advice: '可以受理', source: proposed },
  E: { title: '注销', verdict: 'block', advice: '已注销，不能再次受理', source: proposed },
  F: { title: '撤销', verdict: 'block', advice: '登记已撤销，不能受理', source: proposed },
  G: {
    title: '违法未处理',
    verdict: 'notice',
    advice: '报废注销不要求先处理违法，请提醒车主',
    source: rule('机动车登记规定（公安部令第164号）', '第三十七条'),
  },
  H: { title: '海关监管', verdict: 'manual', advice: '须海关解除监管，转人工审核', source: proposed },
  I: { title: '事故未处理', verdict: 'manual', advice: '转人工审核', source: proposed },
  J: {
    title: '嫌疑车',
    verdict: 'block',
    advice: '不得拆解，请立即向公安机关报告',
    report: true,
    source: regulation,
  },
  K: { title: '查封', verdict: 'block', advice: '查封期间不予注销，解除后再办', source: registration },
  L: { title: '扣留', verdict: 'block', advice: '扣留期间不予注销，解除后再办', source: registration },
  M: { title: '达到报废标准', verdict: 'pass', advice: '应优先办理', source: proposed },
  N: {
    title: '事故逃逸',
    verdict: 'block',
    advice: '不得拆解，请立即向公安机关报告',
    report: true,
    source: regulation,
  },
  O: { title: '锁定', verdict: 'manual', advice: '转人工审核', source: proposed },
  P: {
    title: '达到报废标准公告牌证作废',
    verdict: 'notice',
    advice: '可以受理，牌证缺失的须情况说明',
    source: proposed,
  },
  Q: { title: '逾期未检验', verdict: 'notice', advice: '可以受理', source: proposed },
});

/** What police say of a vehicle, as far as taking it in is concerned. */
export interface PoliceFindings {
  /** One letter each; a set, never a single value. */
  readonly statusCodes: readonly string[];
  readonly pledged: boolean;
  readonly sealed: boolean;
}

/** The judgement over all findings. */
export interface StatusJudgement {
  readonly verdict: StatusVerdict;
  readonly report: boolean;
  readonly items: readonly { readonly text: string; readonly verdict: StatusVerdict }[];
}

/** The worst of several verdicts; `pass` for none. */
export const worst = (verdicts: readonly StatusVerdict[]): StatusVerdict =>
  verdicts.reduce<StatusVerdict>(
    (found, one) => (verdictOrder.indexOf(one) > verdictOrder.indexOf(found) ? one : found),
    'pass',
  );

/** Judges a vehicle's status letter by letter; unknown letters go to a person. Source: domain 0.1–0.3, 2.9. */
export const judgeStatus = ({ statusCodes, pledged, sealed }: PoliceFindings): StatusJudgement => {
  const found = statusCodes.map((code) => (Object.hasOwn(statusRules, code) ? statusRules[code] : undefined));
  const items = found.map((one, index) => ({
    text: one ? `${one.title}（${statusCodes[index]}）：${one.advice}` : `未知状态 ${statusCodes[index]}：转人工审核`,
    verdict: one?.verdict ?? ('manual' as const),
  }));
  if (statusCodes.length === 0) items.push({ text: '公安未给出车辆状态：转人工审核', verdict: 'manual' });
  if (pledged) items.push({ text: '抵押或质押期间不予注销，解除后再办', verdict: 'block' });
  if (sealed) items.push({ text: '查封、扣押期间不予注销，解除后再办', verdict: 'block' });
  return {
    verdict: worst(items.map(({ verdict }) => verdict)),
    report: found.some((one) => one?.report === true),
    items,
  };
};
