import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import {
  calendarOf,
  deadlineAfterPause,
  deadlineOf,
  type SpecialDay,
  type WorkingCalendar,
} from '#kernel/time/calendar.ts';
import type { Clock } from '#kernel/time/clock.ts';

type Tables = {
  'kernel.setting': { key: string; value: string; updated_at: Date; updated_by: string };
  'kernel.special_day': { day: string; kind: string; name: string; assumed: boolean };
};

/** How a period stands: its set value, or null where its fallback runs. */
export interface SetPeriod {
  readonly setting: string;
  readonly value: number | null;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** What a day of the calendar may be set to; `as-week` lets the week decide again. */
export type DayKind = SpecialDay['kind'] | 'as-week';

/** Periods and the working calendar as administrators have set them. */
export interface RuntimeSettings {
  calendar(): Promise<WorkingCalendar>;
  /** When a period that starts at an instant runs out. Within a transaction it is read through it: it may hold the last connection. */
  deadline(period: Period, from: Date, tx?: Tx): Promise<Date>;
  /** When a period runs out that would have run out at an instant, and stood still meanwhile. */
  deadlineAfterPause(
    period: Pick<Period, 'unit'>,
    deadline: Date,
    paused: { readonly from: Date; readonly to: Date },
    tx: Tx,
  ): Promise<Date>;
}

/** Writes the shipped special days where none of that day stands yet; changed ones stay as they are. */
export const seedSpecialDays = async (db: Db, days: readonly SpecialDay[]): Promise<void> => {
  for (const { day, kind, name, assumed } of days)
    await insertIfAbsent(db, 'kernel.special_day', { day, kind, name, assumed });
};

/** The periods that were ever set. */
export const setPeriods = async (db: Db): Promise<readonly SetPeriod[]> => {
  const rows = await db.withTables<Tables>().selectFrom('kernel.setting').selectAll().execute();
  return rows.map(({ key, value, updated_at, updated_by }) => ({
    setting: key,
    value: countOf(value),
    updatedAt: updated_at,
    updatedBy: updated_by,
  }));
};

/**
 * Sets a period, or with null gives it back to its fallback, in the caller's transaction.
 * Answers false, and changes nothing, when what stands is no longer what the person saw.
 */
export const setPeriod = async (
  tx: Tx,
  setting: string,
  change: { readonly was: number | null; readonly value: number | null; readonly by: string; readonly at: Date },
): Promise<boolean> => {
  const tables = tx.withTables<Tables>();
  await insertIfAbsent(tx, 'kernel.setting', { key: setting, value: '', updated_at: change.at, updated_by: change.by });
  const row = await tables
    .selectFrom('kernel.setting')
    .select('value')
    .where('key', '=', setting)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (countOf(row.value) !== change.was) return false;
  await tables
    .updateTable('kernel.setting')
    .set({ value: change.value === null ? '' : String(change.value), updated_at: change.at, updated_by: change.by })
    .where('key', '=', setting)
    .execute();
  return true;
};

/** The special days of a year, in order; days given back to the week are left out. */
export const specialDaysOf = async (db: Db, year: number): Promise<readonly SpecialDay[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.special_day')
    .select(['day', 'kind', 'name', 'assumed'])
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .orderBy('day')
    .execute();
  return rows.flatMap(specialDayOf);
};

/**
 * Sets a day of the calendar in the caller's transaction. A day given back to the week keeps its row, so that shipped days do not return at the next start.
 * Answers false, and changes nothing, when what stands is no longer what the person saw.
 */
export const setSpecialDay = async (
  tx: Tx,
  day: string,
  change: { readonly was: DayKind; readonly kind: DayKind; readonly name: string },
): Promise<boolean> => {
  const tables = tx.withTables<Tables>();
  await insertIfAbsent(tx, 'kernel.special_day', { day, kind: 'as-week', name: '', assumed: false });
  const row = await tables
    .selectFrom('kernel.special_day')
    .select('kind')
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.kind !== change.was) return false;
  await tables
    .updateTable('kernel.special_day')
    .set({ kind: change.kind, name: change.name, assumed: false })
    .where('day', '=', day)
    .execute();
  return true;
};

const countOf = (value: string): number | null => {
  const count = Number(value);
  return Number.isInteger(count) && count > 0 ? count : null;
};

const specialDayOf = (row: Tables['kernel.special_day']): readonly SpecialDay[] =>
  row.kind === 'holiday' || row.kind === 'working-day' ? [{ ...row, kind: row.kind }] : [];

const freshForMs = 5_000;

interface Loaded {
  readonly at: number;
  readonly calendar: WorkingCalendar;
  readonly values: ReadonlyMap<string, string>;
}

/** Reads settings, at most every few seconds, so that a change holds in every process soon. */
export const runtimeSettings = (db: Db, clock: Clock): RuntimeSettings => {
  let loaded: Loaded | undefined;
  const current = async (through: Db | Tx): Promise<Loaded> => {
    const now = clock.now().getTime();
    if (loaded && Math.abs(now - loaded.at) <= freshForMs) return loaded;
    const tables = through.withTables<Tables>();
    const days = await tables.selectFrom('kernel.special_day').select(['day', 'kind', 'name', 'assumed']).execute();
    const rows = await tables.selectFrom('kernel.setting').select(['key', 'value']).execute();
    loaded = {
      at: now,
      calendar: calendarOf(days.flatMap(specialDayOf)),
      values: new Map(rows.map(({ key, value }) => [key, value])),
    };
    return loaded;
  };
  return {
    calendar: async () => (await current(db)).calendar,
    deadline: async (period, from, tx) => {
      const { calendar, values } = await current(tx ?? db);
      const amount = countOf(values.get(period.setting) ?? '') ?? period.fallback;
      return deadlineOf(calendar, from, amount, period.unit);
    },
    deadlineAfterPause: async ({ unit }, deadline, paused, tx) =>
      deadlineAfterPause((await current(tx)).calendar, deadline, paused, unit),
  };
};
