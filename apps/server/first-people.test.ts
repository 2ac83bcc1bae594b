import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualRules } from '#areas/governance/account/model/sign-in-rules.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { makeFirstPeople, readFirstPeople } from './first-people.ts';
import { migrations } from './plans.ts';

const whole = ['system=wang.wei:王伟', 'security=li.na:李娜', 'security=zhao.min:赵敏', 'auditor=qian.jun:钱军'];

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(migrations);
});
afterAll(() => database.close());

const make = (given: readonly string[]) => {
  const clock = clockAt('2026-11-23T02:00:00Z');
  const crypto = softwareCrypto(Buffer.alloc(32, 7));
  const accessList = accessListStore({ crypto, signer: personalSigner(crypto, clock) });
  let draw = 0;
  const below = (limit: number): number => {
    draw += 7;
    return draw % limit;
  };
  const parts = { db: database.db, accessList, rules: usualRules.password, now: clock.now(), below };
  return { accessList, people: makeFirstPeople(parts, readFirstPeople(given)) };
};

test.each<[readonly string[], RegExp]>([
  [whole.slice(0, 3), /安全审计员至少 1 人/],
  [[...whole.slice(0, 2), 'auditor=qian.jun:钱军'], /安全管理员至少 2 人（现有 1 人）/],
  [[...whole, 'auditor=li.na:李娜'], /三员不能兼任/],
  [[...whole, 'boss=x:y'], /不符合要求/],
])('R42: %j is refused in words', (given, words) => {
  expect(() => readFirstPeople(given)).toThrow(words);
});

test('R42: the first administrators are made once, all of them, each to choose a password of their own', async () => {
  const { accessList, people } = make(whole);
  expect((await people).map(({ userName, title }) => [userName, title])).toEqual([
    ['wang.wei', '系统管理员'],
    ['li.na', '安全管理员'],
    ['zhao.min', '安全管理员'],
    ['qian.jun', '安全审计员'],
  ]);
  const report = await accessList.verify(database.db);
  expect(report.intact && report.list.holdings.length).toBe(4);
  const { rows } = await sql<{ must_change: boolean }>`select must_change from governance.user_account`.execute(
    database.db,
  );
  expect(rows.map((row) => row.must_change)).toEqual([true, true, true, true]);
  await expect(make(whole.map((one) => one.replace('=', '=x.'))).people).rejects.toThrow(/已有管理员/);
  expect((await sql`select 1 from governance.user_account`.execute(database.db)).rows).toHaveLength(4);
});
