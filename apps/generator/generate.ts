import { emptyRecord } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import { hasCases } from '#areas/elv/vehicle-case/server/case-list.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { isTrial } from '#kernel/db/trial.store.ts';
import { gather, type OwnedTally } from '#practices/case-statistics/server/owned-tally.ts';
import { certifySigners } from './made-steps.ts';
import { keyOf, type Made, type Maker, makerHere, type Stretch } from './maker.ts';
import { mostTimes, multiply } from './multiply.store.ts';
import { keepNumbers, lastNumbers, wasOpened } from './past.store.ts';
import { placesOf, type TimeLine } from './places.ts';

/** What is to be made. The same lot makes the same cases, for the same `now`, however many make them. */
export interface Wish {
  readonly cases: number;
  readonly years: number;
  readonly lot: string;
  readonly now: Date;
  /** Of so many, the newest, everything is made: photographs as rows, checks, messages, signatures and the log. */
  readonly history: number;
  /** Of the older ones each so-manieth is lived; the others are copies of it, made inside the database by its owner, where it has ended. */
  readonly copied?: { readonly times: number; readonly steps: boolean; readonly ownerDb: Db };
}

/** Who makes cases on a time line; one in this process unless others are given. */
export type Makers = (line: TimeLine) => readonly Maker[];

/** Why nothing was made, in words for whoever asked. */
export class GeneratingRefused extends Error {}

/** What is said of a database that is no trial. */
export const notTrial = '此数据库不是试用库，不能生成模拟数据。请另建一个空库，首次启动时加 --trial';

const casesAtOnce = 1_000;
/** Cases with everything are a hundred rows each. */
const wholeAtOnce = 100;

const refuseWish = async (db: Db, { lot, copied, cases, history }: Wish): Promise<void> => {
  if (!(await isTrial(db))) throw new GeneratingRefused(notTrial);
  if (history > cases) throw new GeneratingRefused('--history 不能大于 --cases');
  if (copied && copied.times > mostTimes)
    throw new GeneratingRefused(`每件至多复制成 ${mostTimes} 件，请用 --lived 多生成一些`);
  if (await wasOpened(db, keyOf(lot, 0))) throw new GeneratingRefused(`批次 ${lot} 已生成过，请用 --lot 换一个批次名`);
  if (copied && (await hasCases(db)))
    throw new GeneratingRefused(
      '此试用库已有案卷，不能成倍复制。请另建一个空库，用 --trial 生成；或用 --lived 使其全部逐件生成',
    );
};

const lineOf = async (db: Db, { cases, years, lot, now, history, copied }: Wish): Promise<TimeLine> => {
  const times = copied?.times ?? 1;
  const whole = Math.ceil((cases - history) / times) * times;
  return { lot, years, now, count: whole + history, whole, times, lastBefore: await lastNumbers(db) };
};

function* stretches({ first, until }: Stretch, length: number): Generator<Stretch, undefined> {
  for (let from = first; from < until; from += length) yield { first: from, until: Math.min(from + length, until) };
}

interface Progress {
  readonly hear: (made: Made) => void;
  readonly stopping: AbortSignal | undefined;
}

/** Whoever is free takes the next stretch: where it is to stop, the oldest places are filled without a gap. */
const share = async (
  makers: readonly Maker[],
  some: Generator<Stretch, undefined>,
  { hear, stopping }: Progress,
): Promise<void> => {
  const takeTurns = async (maker: Maker): Promise<void> => {
    for (const one of some) {
      hear(await maker.make(one));
      if (stopping?.aborted) break;
    }
  };
  try {
    await Promise.all(makers.map(takeTurns));
  } finally {
    some.return(undefined);
  }
  await Promise.all(makers.map((maker) => maker.flush()));
};

interface Making {
  readonly db: Db;
  readonly line: TimeLine;
  readonly makers: readonly Maker[];
  /** The numbers of those that have not ended. */
  readonly open: Map<string, OwnedTally>;
  readonly onProgress: (made: number) => void;
  readonly stopping: AbortSignal | undefined;
}

/** Fills places, and notes the numbers that were given so that those who open cases go on behind them. Answers how many were made. */
const fill = async (making: Making, some: Stretch, length: number, before: number): Promise<number> => {
  const { db, makers, open, onProgress, stopping } = making;
  let made = before;
  const last = new Map<string, number>();
  const hear = ({ cases, numbers, open: more }: Made): void => {
    made += cases;
    for (const [day, number] of numbers) last.set(day, Math.max(number, last.get(day) ?? 0));
    gather(open, [...more.values()]);
    onProgress(made);
  };
  await share(makers, stretches(some, length), { hear, stopping });
  const had = await lastNumbers(db);
  const given = new Map([...last].map(([day, number]) => [day, Math.max(0, number - (had.get(day) ?? 0))]));
  await inTransaction(db, (tx) => keepNumbers(tx, given));
  return made;
};

const make = async (making: Making, { copied }: Wish): Promise<void> => {
  const { line, onProgress, stopping } = making;
  const { whole, times, count } = line;
  let made = await fill(making, { first: 0, until: whole }, casesAtOnce * times, 0);
  if (copied && !stopping?.aborted) {
    const { ownerDb, steps } = copied;
    const told = (copies: number): void => onProgress(made * (copies + 1));
    const record = JSON.stringify(emptyRecord(true));
    await multiply(ownerDb, { times, steps, record, open: making.open }, told, stopping);
    made = whole;
  }
  if (!stopping?.aborted) await fill(making, { first: whole, until: count }, wholeAtOnce, made);
};

/**
 * Makes cases as they would stand after some years, with their steps (chained and digested; signed where everything is made), claims, numbers of the
 * statistics, and what lists search by; of the newest everything else too. Where it is to stop, what was made so far is whole.
 * Errors: throws {@link GeneratingRefused} for a database that is no trial, that has this lot already, or that has any cases where some are to be
 * copied; and what stopped it while they are.
 */
export const generate = async (
  db: Db,
  crypto: Crypto,
  wish: Wish,
  onProgress: (made: number) => void = () => undefined,
  stopping?: AbortSignal,
  makersFor: Makers = (line) => [makerHere(db, crypto, line)],
): Promise<void> => {
  await refuseWish(db, wish);
  const line = await lineOf(db, wish);
  if (wish.history > 0) await certifySigners(db, crypto, placesOf(line).at(line.whole).openedAt, wish.now);
  const makers = makersFor(line);
  try {
    await make({ db, line, makers, open: new Map(), onProgress, stopping }, wish);
  } finally {
    await Promise.all(makers.map((maker) => maker.close()));
  }
};
