import { setTimeout as pause } from 'node:timers/promises';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import type { DemoCase } from './demo-vehicles.ts';
import { fill, openFor, type Settle, take, takeTurn, type Walker } from './walk.ts';

/** One case of the demo on its way through the story. */
export interface Told {
  readonly plan: DemoCase;
  readonly walker: Walker;
  /** When each turn is taken, in order; the first opens the case. */
  readonly moments: readonly Date[];
}

const turnsTo: Readonly<Record<string, number>> = {
  intake: 1,
  comparing: 2,
  deskReview: 2,
  confirming: 2,
  admitted: 3,
  handedOver: 4,
  entryReview: 5,
  dismantling: 6,
  dismantleReview: 7,
  policeReview: 7,
  reporting: 8,
  reportRefused: 8,
  correcting: 9,
  correctionReview: 10,
  identityReview: 10,
  identityConfirming: 11,
  certified: 8,
  deregistering: 9,
  deregistered: 9,
  closed: 10,
  refused: 3,
  discarded: 2,
  frozen: 1,
};

const hourMs = 3_600_000;
const officeHours = [9, 10, 11, 13, 14, 15, 16];

const atHour = (day: string, hour: number): Date =>
  new Date(endOfShanghaiDay(day).getTime() + 1 - 24 * hourMs + hour * hourMs);

/** Cases that rest with an outside system came there just now. */
const waiting: ReadonlySet<string> = new Set(['comparing', 'policeReview', 'deregistering']);

/** The moments of a case: spread over two thirds of its days, in office hours, none after the story's end. */
export const momentsOf = (plan: DemoCase, order: number, end: Date): readonly Date[] => {
  const turns = (turnsTo[plan.rests] ?? 1) + (plan.returnedIn ? 2 : 0) + (plan.registered ? 0 : 1);
  const last = new Date(end.getTime() - hourMs);
  return Array.from({ length: turns }, (_, turn) => {
    const daysGone = Math.floor(
      (plan.openedDaysAgo * (waiting.has(plan.rests) ? 1 : 0.7) * turn) / Math.max(turns - 1, 1),
    );
    const day = plusDays(shanghaiDay(end), daysGone - plan.openedDaysAgo);
    const at = atHour(day, officeHours[(order + turn) % officeHours.length] ?? 9);
    // Turns of one day keep their order, and nothing is told of the future.
    return new Date(Math.min(at.getTime(), last.getTime()) + turn * 60_000);
  }).sort((a, b) => a.getTime() - b.getTime());
};

const reasons = {
  returnDesk: { action: 'returnDesk', reason: '发动机号与公安登记不一致，请对照实车核对后重新提交' },
  returnEntry: { action: 'returnEntry', reason: '车架号照片不清晰，请重新拍摄' },
  returnDismantling: { action: 'returnDismantling', reason: '销毁号牌照片未拍全，请补拍' },
} as const satisfies Readonly<Record<string, { action: VehicleCaseAction; reason: string }>>;

const returnOf = {
  deskReview: { by: 'desk', ...reasons.returnDesk },
  entryReview: { by: 'commission', ...reasons.returnEntry },
  dismantleReview: { by: 'commission', ...reasons.returnDismantling },
} as const;

const openAndFill = async ({ plan, walker }: Told, settle: Settle): Promise<string> => {
  const id = await openFor(walker);
  await fill(walker, id, plan.rests === 'intake' && !plan.returnedIn ? ['papers'] : ['papers', 'owner', 'agent']);
  await settle(id);
  return id;
};

/** The walker, who now fills in the plate that the police know the vehicle by. */
const truly = (walker: Walker): Walker => {
  const { papers, policeFile } = walker.vehicle;
  return { ...walker, vehicle: { ...walker.vehicle, papers: { ...papers, plateNo: policeFile.plateNo } } };
};

/** Takes the next turn of a told case; `id` is undefined for the first. Answers the case's id. */
export const tellTurn = async (told: Told, id: string | undefined, settle: Settle): Promise<string> => {
  const { plan, walker } = told;
  if (id === undefined) return openAndFill(told, settle);
  const view = await walker.hands.view(walker.cast.commission, id);
  if (view.state === plan.rests && view.round > (plan.returnedIn ? 1 : 0)) return id;
  if (plan.rests === 'discarded') {
    await take(walker, id, 'clerk', 'discard');
    return id;
  }
  if (plan.rests === 'refused' && view.state === 'deskReview') {
    await take(walker, id, 'desk', 'refuse', { reason: '车辆识别代号有凿改痕迹，与登记档案不符，不予报废' });
    return id;
  }
  if (view.state === 'reportRefused' && ['correcting', 'correctionReview'].includes(plan.rests)) {
    await take(walker, id, 'commission', 'returnPapers', {
      reason: '全国系统退回：燃料种类代码无效，请核对行驶证后更正',
    });
    return id;
  }
  if (view.state === 'dismantling' && plan.rests.startsWith('identity')) {
    await take(walker, id, 'clerk', 'requestIdentity', { reason: '拆下的号牌与受理时录入的不一致，受理时录入有误' });
    return id;
  }
  const back =
    plan.returnedIn !== undefined && view.round === 1 && view.state === plan.returnedIn
      ? returnOf[plan.returnedIn]
      : undefined;
  if (back) await take(walker, id, back.by, back.action, { reason: back.reason });
  else if (view.state !== 'identityCorrecting') await takeTurn(walker, view, settle);
  // Filled in at one moment and handed in at another, as people do: a question asked twice at one moment would be one question.
  else if (view.photos.some(({ part }) => part === 'identity-proof')) await takeTurn(truly(walker), view, settle);
  else await fill(truly(walker), id, ['papers']);
  await settle(id);
  return id;
};

/** Runs work over many things, a few at a time. */
export const inParallel = async <T>(
  things: readonly T[],
  most: number,
  work: (one: T) => Promise<void>,
): Promise<void> => {
  const left = [...things];
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      await work(one);
      // Lets whoever else is waiting in this process have its turn.
      await pause(0);
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
};
