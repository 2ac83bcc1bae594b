import { plusDays } from '#kernel/time/shanghai.ts';

const monthAfter = (month: string): string => plusDays(`${month}-28`, 4).slice(0, 7);

/** The days from one to another, both counted, as whole months where they are whole and as days beside them. */
export const periodsBetween = (from: string, to: string): readonly string[] => {
  const periods: string[] = [];
  for (let day = from; day <= to; ) {
    const next = `${monthAfter(day.slice(0, 7))}-01`;
    const whole = day.endsWith('-01') && plusDays(next, -1) <= to;
    periods.push(whole ? day.slice(0, 7) : day);
    day = whole ? next : plusDays(day, 1);
  }
  return periods;
};

/** The months from one to another, both counted. */
export const monthsBetween = (first: string, last: string): readonly string[] => {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
};

/** The days of a month. */
export const daysOf = (month: string): readonly string[] => {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = plusDays(day, 1)) days.push(day);
  return days;
};
