import type { SpecialDayView } from '../model/working-time.contract.ts';

/** One day of the calendar as it is drawn. */
export interface CalendarDay {
  readonly day: string;
  readonly number: number;
  /** Monday is 0. */
  readonly weekday: number;
  readonly weekend: boolean;
  readonly special: SpecialDayView | undefined;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The days of a month (1 to 12), each with what is special about it. */
export const monthDays = (
  year: number,
  month: number,
  special: ReadonlyMap<string, SpecialDayView>,
): readonly CalendarDay[] => {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const day = `${year}-${twoDigits(month)}-${twoDigits(number)}`;
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    return { day, number, weekday, weekend: weekday > 4, special: special.get(day) };
  });
};

/** Whether work is done on a day. */
export const isWorked = ({ special, weekend }: CalendarDay): boolean =>
  special ? special.kind === 'working-day' : !weekend;

/** A day in words, for tooltips and screen readers: `10月1日 周四 放假（国庆节）`. */
export const dayInWords = (one: CalendarDay): string => {
  const weekday = `周${'一二三四五六日'[one.weekday]}`;
  const date = `${Number(one.day.slice(5, 7))}月${one.number}日`;
  if (!one.special) return `${date} ${weekday} ${one.weekend ? '休息' : '上班'}`;
  const { kind, name, assumed } = one.special;
  return `${date} ${weekday} ${kind === 'holiday' ? '放假' : '上班'}（${name}${assumed ? '，待公布' : ''}）`;
};
