import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type Chance, chanceOf } from './chance.ts';
import { openingTimes } from './life.ts';

/** Where the cases of a lot stand in time, as everybody is told it who makes some of them. */
export interface TimeLine {
  readonly lot: string;
  readonly years: number;
  readonly now: Date;
  /** So many places there are, each for one case, the oldest first. */
  readonly count: number;
  /** From this place on everything is made of a case. */
  readonly whole: number;
  /** Before it only each so-manieth place gets a case of its own; the others are for copies of it. */
  readonly times: number;
  /** The last numbers given before, by day. */
  readonly lastBefore: ReadonlyMap<string, number>;
}

/** A place with the case that stands there. */
export interface Place {
  readonly order: number;
  /** Its own: nothing hangs on what was drawn for others. */
  readonly chance: Chance;
  readonly openedAt: Date;
  /** As case numbers have it: `yyyyMMdd`. */
  readonly day: string;
  readonly caseNo: string;
  /** The last number its copies are given. */
  readonly lastNumber: number;
}

/** The places of a time line. */
export interface Places {
  at(order: number): Place;
  /** How far the next place lies that gets a case of its own. */
  apart(order: number): number;
}

/** Reckons what stands where; a place can be asked for without those before it. */
export const placesOf = ({ lot, years, now, count, whole, times, lastBefore }: TimeLine): Places => {
  const timeOf = openingTimes(years, now);
  const opened = (order: number) => {
    const chance = chanceOf(`${lot}:${order}`);
    const openedAt = timeOf((order + chance.draw()) / count);
    return { chance, openedAt, day: shanghaiDay(openedAt).replaceAll('-', '') };
  };
  let known = { day: '', first: 0 };
  /** Later places are opened later, so the first of a day is found by halving. */
  const firstOf = (day: string, order: number): number => {
    if (known.day === day) return known.first;
    let [before, at] = [-1, order];
    while (at - before > 1) {
      const between = Math.floor((before + at) / 2);
      if (opened(between).day === day) at = between;
      else before = between;
    }
    known = { day, first: at };
    return at;
  };
  const apart = (order: number): number => (order < whole ? times : 1);
  return {
    apart,
    at: (order) => {
      const { chance, openedAt, day } = opened(order);
      const number = (lastBefore.get(day) ?? 0) + order - firstOf(day, order) + 1;
      const caseNo = `SC${day}${String(number).padStart(5, '0')}`;
      return { order, chance, openedAt, day, caseNo, lastNumber: number + apart(order) - 1 };
    },
  };
};
