import type { SpecialDay } from './calendar.ts';
import { plusDays } from './shanghai.ts';

const holiday = (name: string, from: string, days: number, assumed = false): SpecialDay[] =>
  Array.from({ length: days }, (_, index) => ({ day: plusDays(from, index), kind: 'holiday', name, assumed }));

const workingDays = (name: string, ...days: readonly string[]): SpecialDay[] =>
  days.map((day) => ({ day, kind: 'working-day', name, assumed: false }));

/**
 * Holidays shipped with the product; administrators may change them. 2025 and 2026 follow the State Council's yearly notices;
 * 2027 is not published yet and holds the statutory days only, marked as assumed.
 */
export const shippedHolidays: readonly SpecialDay[] = Object.freeze([
  ...holiday('元旦', '2025-01-01', 1),
  ...holiday('春节', '2025-01-28', 8),
  ...workingDays('春节调休', '2025-01-26', '2025-02-08'),
  ...holiday('清明节', '2025-04-04', 3),
  ...holiday('劳动节', '2025-05-01', 5),
  ...workingDays('劳动节调休', '2025-04-27'),
  ...holiday('端午节', '2025-05-31', 3),
  ...holiday('国庆节、中秋节', '2025-10-01', 8),
  ...workingDays('国庆节调休', '2025-09-28', '2025-10-11'),
  ...holiday('元旦', '2026-01-01', 3),
  ...workingDays('元旦调休', '2026-01-04'),
  ...holiday('春节', '2026-02-15', 9),
  ...workingDays('春节调休', '2026-02-14', '2026-02-28'),
  ...holiday('清明节', '2026-04-04', 3),
  ...holiday('劳动节', '2026-05-01', 5),
  ...workingDays('劳动节调休', '2026-05-09'),
  ...holiday('端午节', '2026-06-19', 3),
  ...holiday('中秋节', '2026-09-25', 3),
  ...holiday('国庆节', '2026-10-01', 7),
  ...workingDays('国庆节调休', '2026-09-20', '2026-10-10'),
  ...holiday('元旦', '2027-01-01', 1, true),
  ...holiday('春节', '2027-02-05', 4, true),
  ...holiday('清明节', '2027-04-05', 1, true),
  ...holiday('劳动节', '2027-05-01', 2, true),
  ...holiday('端午节', '2027-06-09', 1, true),
  ...holiday('中秋节', '2027-09-15', 1, true),
  ...holiday('国庆节', '2027-10-01', 3, true),
]);
