import type { Db } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { calendarOf, deadlineOf, type SpecialDay, type WorkingCalendar } from '#kernel/time/calendar.ts';
import type { Clock } from '#kernel/time/clock.ts';

type Tables = {
  'kernel.setting': { key: string; value: string; updated_at: Date; updated_by: string };
  'kernel.special_day': { day: string; kind: string; name: string; assumed: boolean };
};

/** Periods and the working calendar as administrators have set them. */
export interface RuntimeSettings {
  calendar(): Promise<WorkingCalendar>;
  /** When a period that starts at an instant runs out. */
  deadline(period: Period, from: Date): Promise<Date>;
}

/** Writes the shipped special days where none of that day stands yet; changed ones stay as they are. */
export const seedSpecialDays = async (db: Db, days: readonly SpecialDay[]): Promise<void> => {
  for (const { day, kind, name, assumed } of days)
    await insertIfAbsent(db, 'kernel.special_day', { day, kind, name, assumed });
};

const freshForMs = 5_000;

interface Loaded {
  readonly at: number;
  readonly calendar: WorkingCalendar;
  readonly values: ReadonlyMap<string, string>;
}

/** Reads settings, at most every few seconds, so that a change holds in every process soon. */
export const runtimeSettings = (db: Db, clock: Clock): RuntimeSettings => {
  let loaded: Promise<Loaded> | undefined;
  let loadedAt = 0;
  const load = async (at: number): Promise<Loaded> => {
    const tables = db.withTables<Tables>();
    const days = await tables.selectFrom('kernel.special_day').select(['day', 'kind', 'name', 'assumed']).execute();
    const rows = await tables.selectFrom('kernel.setting').select(['key', 'value']).execute();
    const special = days.map(
      (one): SpecialDay => ({ ...one, kind: one.kind === 'working-day' ? 'working-day' : 'holiday' }),
    );
    return { at, calendar: calendarOf(special), values: new Map(rows.map(({ key, value }) => [key, value])) };
  };
  const current = (): Promise<Loaded> => {
    const now = clock.now().getTime();
    if (!loaded || Math.abs(now - loadedAt) > freshForMs) {
      loadedAt = now;
      loaded = load(now).catch((error: unknown) => {
        loaded = undefined;
        throw error;
      });
    }
    return loaded;
  };
  return {
    calendar: async () => (await current()).calendar,
    deadline: async (period, from) => {
      const { calendar, values } = await current();
      const set = Number(values.get(period.setting));
      return deadlineOf(calendar, from, Number.isInteger(set) && set > 0 ? set : period.fallback, period.unit);
    },
  };
};
