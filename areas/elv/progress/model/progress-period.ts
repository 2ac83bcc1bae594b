import { plusDays } from '#kernel/time/shanghai.ts';

/** A stretch of days, both counted. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** How many days from one to another, both counted. */
export const periodDays = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** The stretches people ask for most, seen from a day. */
export const usualSpans = (today: string): readonly (DaySpan & { readonly title: string })[] => {
  const lastMonth = firstOfMonth(plusDays(firstOfMonth(today), -1));
  return [
    { title: '近 30 天', from: plusDays(today, -29), to: today },
    { title: '近 90 天', from: plusDays(today, -89), to: today },
    { title: '本月', from: firstOfMonth(today), to: today },
    { title: '上月', from: lastMonth, to: plusDays(firstOfMonth(today), -1) },
    { title: '今年', from: `${today.slice(0, 4)}-01-01`, to: today },
  ];
};

/** What is shown unless a person chose otherwise. */
export const usualSpan = (today: string): DaySpan => ({ from: plusDays(today, -89), to: today });
