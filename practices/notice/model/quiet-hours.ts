import { z } from 'zod';
import { plusDays, shanghaiMinute } from '#kernel/time/shanghai.ts';

/** From when until when nobody's phone is to ring, `HH:mm` in Shanghai; the end may lie on the next day. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

/** Source: assumption, adr/0040. */
export const usualQuietHours: QuietHours = { from: '21:00', until: '08:00' };

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** As a setting has them: `21:00-08:00`, or `none`. */
export const quietHoursText = z.string().transform((text, context): QuietHours | null => {
  if (text.trim() === 'none') return null;
  const [from = '', until = '', ...more] = text.split('-').map((one) => one.trim());
  if (clockTime.test(from) && clockTime.test(until) && from !== until && more.length === 0) return { from, until };
  context.addIssue({ code: 'custom', message: '应为起止时间，例如 21:00-08:00；不设时段写 none' });
  return z.NEVER;
});

/** When the quiet hours end that an instant lies in; null where it lies in none. */
export const quietUntil = (hours: QuietHours | null, now: Date): Date | null => {
  if (hours === null) return null;
  const [day = '', time = ''] = shanghaiMinute(now).split(' ');
  const { from, until } = hours;
  const overnight = from > until;
  const inside = overnight ? time >= from || time < until : time >= from && time < until;
  if (!inside) return null;
  const endDay = overnight && time >= from ? plusDays(day, 1) : day;
  return new Date(`${endDay}T${until}:00+08:00`);
};
