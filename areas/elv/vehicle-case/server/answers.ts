import type { identity } from '#connectors/identity/exchanges.ts';
import type { police } from '#connectors/police/exchanges.ts';
import type { ExchangesOf, ResponseOf } from '#kernel/connector/connector.ts';
import { judgeStatus } from '../model/vehicle-status.ts';
import type { CheckAnswer } from './check.store.ts';

type PoliceAnswer<K extends keyof ExchangesOf<typeof police>> = ResponseOf<ExchangesOf<typeof police>[K]>;

/** What police know of a vehicle. */
export type PoliceVehicle = PoliceAnswer<'check-vehicle'>;

/** A check answered in one sentence. */
const plain = (verdict: CheckAnswer['verdict'], text: string): CheckAnswer => ({
  verdict,
  text,
  items: [{ text, verdict }],
  answer: null,
});

/** Reads a real-name answer; only result and serial number are kept. Source: tender R01, PIPL art. 6. */
export const readIdentity = ({
  result,
  serialNo,
}: ResponseOf<ExchangesOf<typeof identity>['verify-person']>): CheckAnswer => {
  if (result === 'match') return { ...plain('pass', '姓名与身份证号码一致'), answer: { serialNo } };
  if (result === 'no-match') return plain('block', '姓名与身份证号码不一致，请对照证件核对');
  return plain('block', '查无此人，请对照证件核对姓名和号码');
};

/**
 * Reads what police say of a vehicle: each status letter, pledge and seal on its own. That the case's own certificate (`ownCertificateNo`) is on file
 * stands in nobody's way. Source: domain 2.9.
 */
export const readVehicleStatus = (
  answer: PoliceVehicle,
  ownCertificateNo: string | null,
): CheckAnswer & { readonly report: boolean } => {
  const judged = judgeStatus({
    statusCodes: answer.statusCodes,
    pledged: answer.pledgeFlag === true,
    sealed: answer.sealFlag === true,
  });
  const [earlier] = answer.scrapHistory.filter(({ certificateNo }) => certificateNo !== ownCertificateNo);
  const items = earlier
    ? [
        ...judged.items,
        {
          text: `公安记录：${earlier.recycledOn} 已由${earlier.enterprise}回收（证明 ${earlier.certificateNo}）`,
          verdict: 'block' as const,
        },
      ]
    : judged.items;
  const verdict = earlier ? 'block' : judged.verdict;
  const told = items.filter((item) => item.verdict === verdict || item.verdict === 'block');
  return { verdict, text: told.map(({ text }) => text).join('；'), items, answer, report: judged.report };
};

/** Reads whether vehicle and owner belong together. */
export const readOwnerConsistency = ({ match, mismatchFields }: PoliceAnswer<'compare-owner'>): CheckAnswer => {
  if (match === 'full') return plain('pass', '所有人与车辆登记一致');
  const names: Readonly<Record<string, string>> = { ownerName: '所有人名称', identityNo: '证件号码' };
  const which = mismatchFields.map((field) => names[field] ?? field).join('、') || '所有人信息';
  return {
    ...plain(
      'manual',
      match === 'partial' ? `${which}与车辆登记不一致，转人工审核` : '所有人与车辆登记不符，转人工审核',
    ),
    answer: { mismatchFields },
  };
};

/** Reads whether another enterprise has accepted the vehicle. Source: tender R01. */
export const readAcceptedElsewhere = ({
  acceptedByOther,
  enterprise,
  since,
}: PoliceAnswer<'check-duplicate-acceptance'>): CheckAnswer =>
  acceptedByOther
    ? plain('block', `该车已在${enterprise ?? '其他回收企业'}受理${since ? `（${since}）` : ''}，不能重复受理`)
    : plain('pass', '没有在其他回收企业受理');

/** The identity service would not say: no yes, and to be asked again. Source: tender R01. */
export const readIdentityRefusal = (code: string, message: string): CheckAnswer =>
  plain('manual', `实名核验服务未能答复（${code} ${message}），请重新核验`);

/** A refusal by the police is an answer too: the vehicle is not on the register, or is there twice. Source: domain 9.2. */
export const readPoliceRefusal = (code: string, message: string): CheckAnswer => {
  if (code === '4040') return plain('manual', '公安查无此车：可能是非车管车辆，或号牌种类填错，请核对；不等于假车');
  if (code === '4041') return plain('manual', '公安登记中有多条记录，转人工审核');
  return plain('manual', `公安未能答复（${code} ${message}），转人工审核`);
};
