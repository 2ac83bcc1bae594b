import type { VehicleCaseAction, VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { VehicleCaseRecord } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import { findAction, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Chance } from './chance.ts';

/** A step of a made-up life. `round` and `version` are those the step itself carries. */
export interface LivedStep {
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly round: number;
  readonly version: number;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A case as it has come to stand. */
export interface Life {
  readonly openedAt: Date;
  readonly steps: readonly LivedStep[];
  readonly state: string;
  readonly since: Date;
  readonly round: number;
  readonly record: VehicleCaseRecord;
}

interface Going {
  readonly action: VehicleCaseAction;
  readonly weight: number;
  /** How long the state is rested in before, the middle one. */
  readonly hours: number;
}

const going = (action: VehicleCaseAction, weight: number, hours: number): Going => ({ action, weight, hours });

/** How cases go on from each state, in a hundred. Assumption: no yard's true figures are known. */
const goings: Readonly<Partial<Record<VehicleCaseState, readonly Going[]>>> = {
  intake: [going('submit', 97, 3), going('discard', 3, 70)],
  comparing: [going('match', 86, 0.1), going('mismatch', 12, 0.1), going('takeOver', 2, 5)],
  deskReview: [going('passDesk', 80, 20), going('returnDesk', 16, 20), going('refuse', 4, 24)],
  confirming: [going('confirm', 95, 16), going('returnConfirm', 5, 16)],
  admitted: [going('handOver', 100, 40)],
  handedOver: [going('enter', 100, 8)],
  entryReview: [going('passEntry', 91, 18), going('returnEntry', 9, 18)],
  dismantling: [going('submitDismantling', 100, 90)],
  dismantleReview: [going('passDismantling', 90, 22), going('returnDismantling', 10, 22)],
  policeReview: [going('passSupervised', 95, 40), going('returnSupervised', 5, 40)],
  reporting: [going('certify', 96, 1), going('refuseReport', 4, 1)],
  reportRefused: [going('resendReport', 60, 24), going('returnReport', 20, 24), going('returnPapers', 20, 24)],
  correcting: [going('submitCorrection', 100, 16)],
  correctionReview: [going('passCorrection', 90, 16), going('returnCorrection', 10, 16)],
  certified: [going('reportDeregistration', 100, 60)],
  deregistering: [going('acceptDeregistration', 98, 2), going('refuseDeregistration', 2, 2)],
  deregistered: [going('collect', 100, 50)],
};

const hourMs = 3_600_000;
/** So many in a thousand are left lying at each state. */
const leftLying = 0.001;

const lifecycle = widened(vehicleCase);
const reasons = [
  '照片不清晰，请重拍',
  '发动机号与登记不一致，请核对',
  '所有人证件已过期，请更换',
  '缺少后尾照片，请补传',
];

const inputOf = (chance: Chance, action: string, at: Date, order: number): Readonly<Record<string, unknown>> => {
  if (action === 'certify') return { certificateNo: `HS${order + 10_000_000}`, issuedOn: shanghaiDay(at), qrUrl: null };
  if (action === 'acceptDeregistration') return { certificateNo: `ZX${order + 10_000_000}`, issuedOn: shanghaiDay(at) };
  return /^(return|refuse|takeOver)/.test(action) ? { reason: chance.of(reasons) } : {};
};

/** What the step leaves in the record, of what lists and the case page show. */
const written = (record: VehicleCaseRecord, { action, at, input }: LivedStep): VehicleCaseRecord => {
  if (action === 'handOver') return { ...record, handedOverAt: at.toISOString() };
  // Both were made by inputOf above, in the shapes of their actions.
  if (action === 'certify') return { ...record, certificate: input as unknown as VehicleCaseRecord['certificate'] };
  if (action === 'acceptDeregistration')
    return { ...record, deregistrationCertificate: input as unknown as VehicleCaseRecord['deregistrationCertificate'] };
  if (typeof input.reason === 'string') return { ...record, returnReason: input.reason };
  return record.returnReason === null ? record : { ...record, returnReason: null };
};

const leadsTo = (action: string, from: string, record: VehicleCaseRecord): string => {
  const found = findAction(lifecycle, action);
  if (!found?.from.includes(from)) throw new Error(`${action} is not possible from ${from}`);
  if (typeof found.to === 'string') return found.to === 'stay' ? from : found.to;
  return found.to.choose({ ...record, photos: [], checks: {} });
};

/** Lets a case live by the lifecycle from its opening until it ends or `now` has come. `order` numbers its papers. */
export const liveOn = (
  chance: Chance,
  start: { readonly openedAt: Date; readonly record: VehicleCaseRecord; readonly order: number },
  now: Date,
): Life => {
  const steps: LivedStep[] = [];
  let life: Life = { ...start, steps, state: vehicleCase.initial, since: start.openedAt, round: 1 };
  while (getState(lifecycle, life.state).kind !== 'final') {
    // A final state has no going; every other has.
    const all = goings[life.state as VehicleCaseState] ?? [];
    const { action, hours } = chance.weighted(steps.length > 0 ? all.filter((one) => one.action !== 'discard') : all);
    const stay = chance.about(hours) * hourMs * (chance.draw() < leftLying ? 500 : 1);
    const at = new Date(life.since.getTime() + Math.ceil(stay / 1000) * 1000);
    if (at >= now) break;
    const to = leadsTo(action, life.state, life.record);
    const input = inputOf(chance, action, at, start.order);
    const step = { action, from: life.state, to, at, round: life.round, version: steps.length + 2, input };
    steps.push(step);
    const round = life.round + (findAction(lifecycle, action)?.newRound ? 1 : 0);
    life = { ...life, state: to, since: at, round, record: written(life.record, step) };
  }
  return life;
};

/** How much of a year's cases comes in each month: little around the Spring Festival, most before the year and its subsidies end. */
const seasons = [70, 55, 95, 95, 100, 95, 90, 90, 105, 110, 130, 165];

/** When cases are opened that come evenly over the seasons of some years up to `now`: a share from 0 to 1 of all of them. */
export const openingTimes = (years: number, now: Date): ((share: number) => Date) => {
  const months = Array.from({ length: Math.ceil(years * 12) }, (_, back) => {
    const until = new Date(now.getTime() - back * (365.25 / 12) * 86_400_000);
    return { until, weight: seasons[until.getUTCMonth()] ?? 100 };
  }).reverse();
  const whole = months.reduce((sum, { weight }) => sum + weight, 0);
  return (share) => {
    let left = share * whole;
    for (const { until, weight } of months) {
      if (left < weight) return new Date(until.getTime() - (1 - left / weight) * (365.25 / 12) * 86_400_000);
      left -= weight;
    }
    return now;
  };
};
