import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction, openDatabase } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';
import { shippedHolidays } from '#kernel/time/holidays.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { runtimeSettings, seedSpecialDays } from './setting.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());
beforeEach(async () => {
  await sql`delete from kernel.setting`.execute(database.db);
  await sql`delete from kernel.special_day`.execute(database.db);
});

const deciding: Period = {
  setting: 'library.deciding',
  title: '审批期限',
  fallback: 3,
  unit: 'working-day',
  source: assumption('made up'),
};

const monday = new Date('2026-11-23T02:00:00Z');
const endOf = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`);

const set = async (value: string): Promise<void> => {
  await sql`delete from kernel.setting`.execute(database.db);
  await sql`insert into kernel.setting (key, value, updated_at, updated_by) values ('library.deciding', ${value}, ${monday}, 'admin')`.execute(
    database.db,
  );
};

test('R44: a period nobody has set runs by its fallback', async () => {
  const settings = runtimeSettings(database.db, clockAt('2026-11-23T02:00:00Z'));
  expect(await settings.deadline(deciding, monday)).toEqual(endOf('2026-11-26'));
});

test('R44: a set period holds; nonsense in its place does not', async () => {
  await set('5');
  const settings = () => runtimeSettings(database.db, clockAt('2026-11-23T02:00:00Z'));
  expect(await settings().deadline(deciding, monday)).toEqual(endOf('2026-11-30'));
  for (const nonsense of ['0', '-2', 'five', '2.5', '']) {
    await set(nonsense);
    expect(await settings().deadline(deciding, monday)).toEqual(endOf('2026-11-26'));
  }
});

test('R44: a change is seen within seconds, without a restart', async () => {
  const clock = clockAt('2026-11-23T02:00:00Z');
  const settings = runtimeSettings(database.db, clock);
  expect(await settings.deadline(deciding, monday)).toEqual(endOf('2026-11-26'));
  await set('5');
  clock.advance(4_000);
  expect(await settings.deadline(deciding, monday)).toEqual(endOf('2026-11-26'));
  clock.advance(2_000);
  expect(await settings.deadline(deciding, monday)).toEqual(endOf('2026-11-30'));
});

test('R44: a database that does not answer is asked again next time', async () => {
  const settings = runtimeSettings(database.db, clockAt('2026-11-23T02:00:00Z'));
  await sql`alter table kernel.setting rename to setting_away`.execute(database.ownerDb);
  await expect(settings.deadline(deciding, monday)).rejects.toThrow(/does not exist/);
  await sql`alter table kernel.setting_away rename to setting`.execute(database.ownerDb);
  expect(await settings.deadline(deciding, monday)).toEqual(endOf('2026-11-26'));
});

test('R44: transactions that hold every connection still learn their deadlines', async () => {
  const small = openDatabase({ url: database.url, poolSize: 2 });
  const settings = runtimeSettings(small.db, clockAt('2026-11-23T02:00:00Z'));
  const { promise: bothOpen, resolve: open } = Promise.withResolvers<void>();
  let opened = 0;
  const asking = () =>
    inTransaction(small.db, async (tx) => {
      opened += 1;
      if (opened === 2) open();
      await bothOpen;
      return settings.deadline(deciding, monday, tx);
    });
  expect(await Promise.all([asking(), asking()])).toEqual([endOf('2026-11-26'), endOf('2026-11-26')]);
  await small.close();
});

test('R01: shipped special days count, and a day an administrator has changed is not written over', async () => {
  await sql`insert into kernel.special_day (day, kind, name, assumed) values ('2026-10-10', 'holiday', '台风停工', false)`.execute(
    database.db,
  );
  await seedSpecialDays(database.db, shippedHolidays);
  await seedSpecialDays(database.db, shippedHolidays);
  const calendar = await runtimeSettings(database.db, clockAt('2026-11-23T02:00:00Z')).calendar();
  expect(calendar.isWorkingDay('2026-10-10')).toBe(false);
  expect(calendar.isWorkingDay('2026-10-01')).toBe(false);
  expect(calendar.isWorkingDay('2026-02-14')).toBe(true);
});
