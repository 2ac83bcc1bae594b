import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { vehicleCaseStatistics } from '#areas/elv/vehicle-case/model/vehicle-case.statistics.ts';
import { projectionOf } from '#areas/elv/vehicle-case/server/projection.ts';
import { sealRecord } from '#areas/elv/vehicle-case/server/record-seal.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { calendarOf, deadlineOf } from '#kernel/time/calendar.ts';
import { shippedHolidays } from '#kernel/time/holidays.ts';
import { passagesOf } from '#practices/case-statistics/model/passage.ts';
import { gather, type OwnedTally, ownTallies } from '#practices/case-statistics/server/owned-tally.ts';
import { addTallies } from '#practices/case-statistics/server/passage.store.ts';
import { filledLife } from './filled.ts';
import { type Life, liveOn } from './life.ts';
import { madeId } from './made-id.ts';
import { type SignAt, signed, signerInThePast, stepRows } from './made-steps.ts';
import { addPast } from './past.store.ts';
import type { PastRows } from './past-rows.ts';
import { trialPeople, type Yard } from './people.ts';
import { type Place, type Places, placesOf, type TimeLine } from './places.ts';
import { recordOf } from './vehicle.ts';
import { wholeRows } from './whole-life.ts';

/** What a stretch of places came to. */
export interface Made {
  readonly cases: number;
  /** The last case number given of each day. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The numbers of the statistics of those cases that have not ended. */
  readonly open: ReadonlyMap<string, OwnedTally>;
}

/** Places one after the other, from `first` to before `until`. */
export interface Stretch {
  readonly first: number;
  readonly until: number;
}

/** Makes cases and writes them. What it makes of a place does not hang on who makes the others. */
export interface Maker {
  /** Errors: rejects where the stretch before could not be written. */
  make(stretch: Stretch): Promise<Made>;
  /** Everything made is written from then on, the numbers of the statistics too. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const lifecycle = widened(vehicleCase);
const calendar = calendarOf(shippedHolidays);
const statistics = { profile: vehicleCaseStatistics, schema: 'elv' };
const talliesAtOnce = 200_000;
/** Cases whose state a yard has a claim on the vehicle in: it was handed in and not turned away. */
const withoutClaim = new Set(['intake', 'refused', 'discarded', 'withdrawn']);

const deadlineFor = ({ state, since }: Life): Date | null => {
  const { deadline } = getState(lifecycle, state);
  return deadline ? deadlineOf(calendar, since, deadline.fallback, deadline.unit) : null;
};

/** The key a case of a lot was opened under. */
export const keyOf = (lot: string, order: number): string => `generated:${lot}:${order}`;

interface Making {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly signAt: SignAt;
  readonly line: TimeLine;
  readonly places: Places;
  readonly lotNumber: number;
}

interface Numbers {
  readonly all: Map<string, OwnedTally>;
  readonly open: Map<string, OwnedTally>;
}

const count = ({ all, open }: Numbers, yard: Yard, life: Life): void => {
  const moves = life.steps.map(({ action, from, to, at }) => ({ action, fromState: from, toState: to, at }));
  const owner = { enterpriseId: yard.id, districtCode: yard.districtCode };
  for (const passage of passagesOf(vehicleCaseStatistics, life.openedAt, moves)) {
    const own = ownTallies(vehicleCaseStatistics, owner, passage);
    gather(all, own);
    if (getState(lifecycle, life.state).kind !== 'final') gather(open, own);
  }
};

const addOne = async (making: Making, rows: PastRows, numbers: Numbers, place: Place): Promise<void> => {
  const { crypto, line } = making;
  const { chance, order, openedAt, caseNo } = place;
  const { weight: _weight, clerks, ...yard } = chance.weighted(trialPeople.yards);
  const whose: Yard = { ...yard, weight: 1, clerks };
  // Other systems' numbers are nobody else's in any lot.
  const paperNumber = making.lotNumber * 100_000_000 + order;
  const papers = recordOf(chance, making.lotNumber, order);
  const lived = liveOn(chance, { openedAt, record: papers, order: paperNumber }, line.now);
  const isWhole = order >= line.whole;
  const life = isWhole ? filledLife(lived, paperNumber) : lived;
  const id = madeId(chance, openedAt);
  const record = await sealRecord(crypto, id, life.record);
  const openedBy = chance.of(clerks);
  rows.cases.push({
    id,
    case_no: caseNo,
    open_key: keyOf(line.lot, order),
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
  count(numbers, whose, life);
};

/** A maker in this process. */
export const makerHere = (db: Db, crypto: Crypto, line: TimeLine): Maker => {
  const lotNumber = Number.parseInt(sm3Hex(line.lot).slice(8, 12), 16);
  const making = { db, crypto, signAt: signerInThePast(crypto), line, places: placesOf(line), lotNumber };
  const tallies = new Map<string, OwnedTally>();
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (rows: PastRows, most: number): Promise<void> => {
    const told = tallies.size > most ? new Map(tallies) : new Map<string, OwnedTally>();
    if (told.size > 0) tallies.clear();
    // One batch is written while the next is made.
    await writing;
    writing = inTransaction(db, async (tx) => {
      await addPast(tx, rows);
      await addTallies(tx, statistics, told);
    });
    writing.catch(() => undefined);
  };
  return {
    make: async ({ first, until }) => {
      const rows: PastRows = { cases: [], steps: [], claims: [], whole: [] };
      const [open, numbers] = [new Map<string, OwnedTally>(), new Map<string, number>()];
      for (let order = first; order < until; order += making.places.apart(order)) {
        const place = making.places.at(order);
        await addOne(making, rows, { all: tallies, open }, place);
        numbers.set(place.day, place.lastNumber);
      }
      await write(rows, talliesAtOnce);
      return { cases: rows.cases.length, numbers, open };
    },
    flush: async () => {
      await write({ cases: [], steps: [], claims: [], whole: [] }, 0);
      await writing;
    },
    close: async () => undefined,
  };
};
