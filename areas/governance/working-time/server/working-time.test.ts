import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { seedSpecialDays } from '#kernel/settings/setting.store.ts';
import { shippedHolidays } from '#kernel/time/holidays.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { workingTimeContract } from '../model/working-time.contract.ts';

let served: ServedProduct;
let admin: Client<typeof workingTimeContract>;
beforeAll(async () => {
  served = await aServedProduct();
  await seedSpecialDays(served.database.db, shippedHolidays);
  admin = served.client(workingTimeContract, await served.signIn('admin1'));
});
afterAll(() => served.close());

const confirming = 'elv.period.confirm';
const period = async (setting: string) => (await admin.periods({})).find((one) => one.setting === setting);
/** Settings are remembered for a few seconds in every process. */
const aWhile = (): void => served.clock.advance(6_000);

test('R44: every deadline stands in the list with its area, its source and its fallback', async () => {
  const periods = await admin.periods({});
  expect(periods.map(({ setting }) => setting)).toContain(confirming);
  const areas = ['报废机动车', '统一管理'];
  expect(periods.filter(({ value, source, area }) => value !== null || source === '' || !areas.includes(area))).toEqual(
    [],
  );
});

test('R44: a changed period holds soon, is put down with its author, and can be given back', async () => {
  const monday = new Date('2026-11-23T02:00:00Z');
  const of = {
    setting: confirming,
    title: '',
    fallback: 3,
    unit: 'working-day',
    source: { kind: 'tender', rows: [] },
  } as const;
  await admin.setPeriod({ setting: confirming, was: null, value: 5 });
  aWhile();
  expect((await served.product.settings.deadline(of, monday)).toISOString()).toBe('2026-11-30T15:59:59.999Z');
  expect(await period(confirming)).toMatchObject({ value: 5, updatedBy: '韩管演示' });
  await admin.setPeriod({ setting: confirming, was: 5, value: null });
  aWhile();
  expect((await served.product.settings.deadline(of, monday)).toISOString()).toBe('2026-11-26T15:59:59.999Z');
  const chain = await verifyChain(served.database.db, `governance.period:${confirming}`);
  expect(chain).toEqual({ intact: true, entries: 2 });
});

test('R44: of two who change the same period, the second is told and changes nothing', async () => {
  const setting = 'elv.period.desk-review';
  const both = [7, 9].map((value) => admin.setPeriod({ setting, was: null, value }));
  const ends = await Promise.allSettled(both);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = ends.find((end) => end.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'CHANGED' });
});

test.each([0, -1, 2.5, 366])('R44: %d days is refused', async (value) => {
  await expect(admin.setPeriod({ setting: confirming, was: null, value })).rejects.toMatchObject({ status: 400 });
});

test('R44: an unknown period is not found', async () => {
  await expect(admin.setPeriod({ setting: 'nonsense', was: null, value: 3 })).rejects.toMatchObject({ status: 404 });
});

test('R44: a day may be made a holiday, a working day, and given back to the week, also after a restart', async () => {
  const typhoon = '2026-11-25';
  const { settings } = served.product;
  await admin.setDay({ day: typhoon, was: 'as-week', kind: 'holiday', name: '台风停工' });
  await admin.setDay({ day: '2026-10-01', was: 'holiday', kind: 'as-week', name: '' });
  aWhile();
  expect((await settings.calendar()).isWorkingDay(typhoon)).toBe(false);
  expect((await settings.calendar()).isWorkingDay('2026-10-01')).toBe(true);
  await seedSpecialDays(served.database.db, shippedHolidays);
  aWhile();
  expect((await settings.calendar()).isWorkingDay('2026-10-01')).toBe(true);
  const days = await admin.specialDays({ year: 2026 });
  expect(days.find(({ day }) => day === typhoon)).toEqual({
    day: typhoon,
    kind: 'holiday',
    name: '台风停工',
    assumed: false,
  });
  expect(days.some(({ day }) => day === '2026-10-01')).toBe(false);
});

test('R44: a day that was changed meanwhile is not written over', async () => {
  await expect(
    admin.setDay({ day: '2026-10-02', was: 'as-week', kind: 'working-day', name: '加班' }),
  ).rejects.toMatchObject({ code: 'CHANGED' });
});

test('R44: a special day needs its name', async () => {
  await expect(admin.setDay({ day: '2026-12-01', was: 'as-week', kind: 'holiday', name: ' ' })).rejects.toMatchObject({
    status: 400,
    problems: [{ path: 'name' }],
  });
});

test('R43: a clerk neither sees nor changes periods', async () => {
  const clerk = served.client(workingTimeContract, await served.signIn('clerk1'));
  await expect(clerk.periods({})).rejects.toMatchObject({ status: 403 });
  await expect(clerk.setPeriod({ setting: confirming, was: null, value: 9 })).rejects.toMatchObject({ status: 403 });
});
