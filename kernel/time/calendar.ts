import { endOfShanghaiDay, plusDays, shanghaiDay } from './shanghai.ts';

/** A day on which the week does not decide: a holiday on a workday, or work on a weekend. `assumed` until officially published. */
export interface SpecialDay {
  readonly day: string;
  readonly kind: 'holiday' | 'working-day';
  readonly name: string;
  readonly assumed: boolean;
}

/** Counts working days. Days are `yyyy-MM-dd` in Shanghai. Source: 机动车登记规定第九十二条, 行政许可法第八十二条. */
export interface WorkingCalendar {
  isWorkingDay(day: string): boolean;
  /** The n-th working day after a day; the day itself is not counted. */
  plusWorkingDays(day: string, count: number): string;
  /** Working days after `from` up to and including `to`; negative when `to` lies before. */
  workingDaysBetween(from: string, to: string): number;
}

/** Days since Monday, 1969-12-29. */
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3;

const isWeekday = (day: string): boolean => ((dayNumber(day) % 7) + 7) % 7 < 5;

/** Mondays to Fridays before the day after this one. */
const weekdaysUpTo = (day: string): number => {
  const number = dayNumber(day) + 1;
  const weeks = Math.floor(number / 7);
  return 5 * weeks + Math.min(number - 7 * weeks, 5);
};

/** A calendar over the given special days. */
export const calendarOf = (specialDays: readonly SpecialDay[]): WorkingCalendar => {
  const special = new Map(specialDays.map(({ day, kind }) => [day, kind]));
  const isWorkingDay = (day: string): boolean => {
    const kind = special.get(day);
    return kind ? kind === 'working-day' : isWeekday(day);
  };
  /** The special days that are otherwise than the week has them. */
  const turned = [...special]
    .filter(([day, kind]) => (kind === 'working-day') !== isWeekday(day))
    .map(([day, kind]) => ({ day, by: kind === 'working-day' ? 1 : -1 }));
  // Asked for every line of every list: not counted day by day.
  const countForward = (from: string, to: string): number =>
    turned.reduce(
      (count, { day, by }) => (from < day && day <= to ? count + by : count),
      weekdaysUpTo(to) - weekdaysUpTo(from),
    );
  return {
    isWorkingDay,
    plusWorkingDays: (day, count) => {
      let found = day;
      for (let left = count; left > 0; ) {
        found = plusDays(found, 1);
        if (isWorkingDay(found)) left -= 1;
      }
      return found;
    },
    workingDaysBetween: (from, to) => (from <= to ? countForward(from, to) : -countForward(to, from)),
  };
};

/** When a period runs out that stood still for a while: so many days later as passed meanwhile, counted in its own unit. */
export const deadlineAfterPause = (
  calendar: WorkingCalendar,
  deadline: Date,
  paused: { readonly from: Date; readonly to: Date },
  unit: 'working-day' | 'day',
): Date => {
  const day = shanghaiDay(deadline);
  const [from, to] = [shanghaiDay(paused.from), shanghaiDay(paused.to)];
  const passed =
    unit === 'day' ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : calendar.workingDaysBetween(from, to);
  return endOfShanghaiDay(unit === 'day' ? plusDays(day, passed) : calendar.plusWorkingDays(day, passed));
};

/** When a period that starts now runs out: the end of its last day in Shanghai. */
export const deadlineOf = (
  calendar: WorkingCalendar,
  from: Date,
  amount: number,
  unit: 'working-day' | 'day',
): Date => {
  const day = shanghaiDay(from);
  return endOfShanghaiDay(unit === 'day' ? plusDays(day, amount) : calendar.plusWorkingDays(day, amount));
};
