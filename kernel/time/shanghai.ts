const dayParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const timeParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The day of an instant in Shanghai, `yyyy-MM-dd`. */
export const shanghaiDay = (instant: Date): string => dayParts.format(instant);

/** Day and time in Shanghai, `yyyy-MM-dd HH:mm`. */
export const shanghaiMinute = (instant: Date): string => `${dayParts.format(instant)} ${timeParts.format(instant)}`;

/** The first moment of a day in Shanghai. */
export const startOfShanghaiDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** The last millisecond of a day in Shanghai, which has no summer time. */
export const endOfShanghaiDay = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`);

/** The day so many days later (or earlier, when negative). */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
