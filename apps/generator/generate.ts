import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { emptyRecord } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import { vehicleCaseStatistics } from '#areas/elv/vehicle-case/model/vehicle-case.statistics.ts';
import { hasCases } from '#areas/elv/vehicle-case/server/case-list.store.ts';
import { projectionOf } from '#areas/elv/vehicle-case/server/projection.ts';
import { sealRecord } from '#areas/elv/vehicle-case/server/record-seal.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { isTrial } from '#kernel/db/trial.store.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { calendarOf, deadlineOf } from '#kernel/time/calendar.ts';
import { shippedHolidays } from '#kernel/time/holidays.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { passagesOf } from '#practices/case-statistics/model/passage.ts';
import { gather, type OwnedTally, ownTallies } from '#practices/case-statistics/server/owned-tally.ts';
import { addTallies } from '#practices/case-statistics/server/passage.store.ts';
import { type Chance, chanceOf } from './chance.ts';
import { filledLife } from './filled.ts';
import { type Life, liveOn, openingTimes } from './life.ts';
import { madeId } from './made-id.ts';
import { type SignAt, signed, signerInThePast, stepRows } from './made-steps.ts';
import { multiply } from './multiply.store.ts';
import { addPast, keepNumbers, lastNumbers, wasOpened } from './past.store.ts';
import type { PastRows } from './past-rows.ts';
import { trialPeople, type Yard } from './people.ts';
import { recordOf } from './vehicle.ts';
import { wholeRows } from './whole-life.ts';

/** What is to be made. The same lot makes the same cases, for the same `now`. */
export interface Wish {
  readonly cases: number;
  readonly years: number;
  readonly lot: string;
  readonly now: Date;
  /** Of so many, the newest, everything is made: photographs as rows, checks, messages, signatures and the log. */
  readonly history: number;
  /** So many of every case that has ended, all but one of them copied inside the database by its owner. */
  readonly multiplied?: { readonly times: number; readonly steps: boolean; readonly ownerDb: Db };
}

/** Why nothing was made, in words for whoever asked. */
export class GeneratingRefused extends Error {}

/** What is said of a database that is no trial. */
export const notTrial = '此数据库不是试用库，不能生成模拟数据。请另建一个空库，首次启动时加 --trial';

const lifecycle = widened(vehicleCase);
const calendar = calendarOf(shippedHolidays);
const casesAtOnce = 1_000;
/** Cases with everything are a hundred rows each. */
const wholeAtOnce = 100;
const talliesAtOnce = 200_000;
/** Cases whose state a yard has a claim on the vehicle in: it was handed in and not turned away. */
const withoutClaim = new Set(['intake', 'refused', 'discarded', 'withdrawn']);

const deadlineFor = ({ state, since }: Life): Date | null => {
  const { deadline } = getState(lifecycle, state);
  return deadline ? deadlineOf(calendar, since, deadline.fallback, deadline.unit) : null;
};

interface Making {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly signAt: SignAt;
  readonly wish: Wish;
  readonly chance: Chance;
  readonly openedAt: (share: number) => Date;
  /** The last numbers of days before, and how many of each day were given now. */
  readonly lastBefore: ReadonlyMap<string, number>;
  readonly given: Map<string, number>;
  readonly tallies: Map<string, OwnedTally>;
  /** The numbers of those among them that have not ended. */
  readonly open: Map<string, OwnedTally>;
}

const keyOf = (lot: string, order: number): string => `generated:${lot}:${order}`;

const nextNumber = ({ lastBefore, given }: Making, openedAt: Date): string => {
  const day = shanghaiDay(openedAt).replaceAll('-', '');
  const number = (given.get(day) ?? 0) + 1;
  given.set(day, number);
  return `SC${day}${String((lastBefore.get(day) ?? 0) + number).padStart(5, '0')}`;
};

const count = ({ tallies, open }: Making, yard: Yard, life: Life): void => {
  const moves = life.steps.map(({ action, from, to, at }) => ({ action, fromState: from, toState: to, at }));
  const owner = { enterpriseId: yard.id, districtCode: yard.districtCode };
  for (const passage of passagesOf(vehicleCaseStatistics, life.openedAt, moves)) {
    const own = ownTallies(vehicleCaseStatistics, owner, passage);
    gather(tallies, own);
    if (getState(lifecycle, life.state).kind !== 'final') gather(open, own);
  }
};

const addOne = async (making: Making, rows: PastRows, order: number): Promise<void> => {
  const { crypto, wish, chance } = making;
  const { weight: _weight, clerks, ...yard } = chance.weighted(trialPeople.yards);
  const whose: Yard = { ...yard, weight: 1, clerks };
  const lotNumber = Number.parseInt(sm3Hex(wish.lot).slice(8, 12), 16);
  const openedAt = making.openedAt((order + chance.draw()) / wish.cases);
  const lived = liveOn(chance, { openedAt, record: recordOf(chance, lotNumber, order), order }, wish.now);
  const isWhole = order >= wish.cases - wish.history;
  const life = isWhole ? filledLife(lived, order) : lived;
  const id = madeId(chance, openedAt);
  const key = keyOf(wish.lot, order);
  const caseNo = nextNumber(making, openedAt);
  const record = await sealRecord(crypto, id, life.record);
  const openedBy = chance.of(clerks);
  rows.cases.push({
    id,
    case_no: caseNo,
    open_key: key,
    origin_key: null,
    lifecycle_version: vehicleCase.version,
    state: life.state,
    version: life.steps.length + 1,
    round: life.round,
    holds: '',
    enterprise_id: yard.id,
    enterprise_name: yard.name,
    enterprise_code: yard.creditCode,
    district_code: yard.districtCode,
    opened_by: openedBy.id,
    opened_at: openedAt,
    state_since: life.since,
    change_no: null,
    deadline_at: deadlineFor(life),
    held_since: null,
    held_deadline: null,
    record,
    record_at_step: record,
    ...(await projectionOf(crypto, { ...life.record, photos: [], checks: {} })),
  });
  const bare = stepRows(chance, whose, id, life, String(order));
  const steps = isWhole ? await signed(making.db, making.signAt, bare) : bare;
  rows.steps.push(...steps);
  if (isWhole) rows.whole.push(await wholeRows(chance, crypto, { id, caseNo, yard: whose, openedBy, life, steps }));
  if (!withoutClaim.has(life.state)) {
    const vin = String(life.record.sections.papers.vin);
    const claim = { vin, case_id: id, case_no: caseNo, enterprise_id: yard.id, enterprise_name: yard.name };
    rows.claims.push({ ...claim, since: life.steps[0]?.at ?? openedAt });
  }
  count(making, whose, life);
};

const refuseWish = async (db: Db, { lot, multiplied, cases, history }: Wish): Promise<void> => {
  if (!(await isTrial(db))) throw new GeneratingRefused(notTrial);
  if (history > cases) throw new GeneratingRefused('--history 不能大于 --cases');
  if (await wasOpened(db, keyOf(lot, 0))) throw new GeneratingRefused(`批次 ${lot} 已生成过，请用 --lot 换一个批次名`);
  if (multiplied && (await hasCases(db)))
    throw new GeneratingRefused('此试用库已有案卷，不能成倍复制。请另建一个空库，用 --trial 生成');
};

const statistics = { profile: vehicleCaseStatistics, schema: 'elv' };

const makeOriginals = async (
  db: Db,
  making: Making,
  onProgress: (made: number) => void,
  stopping: AbortSignal | undefined,
): Promise<void> => {
  const { wish } = making;
  let writing: Promise<unknown> = Promise.resolve();
  for (let order = 0, last = false; !last; ) {
    const rows: PastRows = { cases: [], steps: [], claims: [], whole: [] };
    const atOnce = order >= wish.cases - wish.history ? wholeAtOnce : casesAtOnce;
    for (const until = Math.min(order + atOnce, wish.cases); order < until; order += 1)
      await addOne(making, rows, order);
    last = order === wish.cases || stopping?.aborted === true;
    const tallies =
      last || making.tallies.size > talliesAtOnce ? new Map(making.tallies) : new Map<string, OwnedTally>();
    if (tallies.size > 0) making.tallies.clear();
    // One batch is written while the next is made.
    await writing;
    writing = inTransaction(db, async (tx) => {
      await addPast(tx, rows);
      await addTallies(tx, statistics, tallies);
      if (last) await keepNumbers(tx, making.given);
    });
    writing.catch(() => undefined);
    onProgress(order);
  }
  await writing;
};

/**
 * Makes cases as they would stand after some years, with their steps (chained and digested; signed where everything is made), claims, numbers of the
 * statistics, and what lists search by; of the newest everything else too, see {@link wholeRows}. Where it is to stop, what was made so far is whole.
 * Errors: throws {@link GeneratingRefused} for a database that is no trial, that has this lot already, or that has any cases where they are to be
 * multiplied; and what stopped it while they are.
 */
export const generate = async (
  db: Db,
  crypto: Crypto,
  wish: Wish,
  onProgress: (made: number) => void = () => undefined,
  stopping?: AbortSignal,
): Promise<void> => {
  await refuseWish(db, wish);
  const making: Making = {
    db,
    crypto,
    signAt: signerInThePast(crypto),
    wish,
    chance: chanceOf(wish.lot),
    openedAt: openingTimes(wish.years, wish.now),
    lastBefore: await lastNumbers(db),
    given: new Map(),
    tallies: new Map(),
    open: new Map(),
  };
  await makeOriginals(db, making, onProgress, stopping);
  const { multiplied } = wish;
  if (!multiplied || stopping?.aborted) return;
  const { ownerDb, ...copies } = multiplied;
  const told = (made: number): void => onProgress(wish.cases * (made + 1));
  const record = JSON.stringify(emptyRecord(true));
  await multiply(ownerDb, { ...copies, record, open: making.open }, told, stopping);
};
