import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseNotices } from '#areas/elv/vehicle-case/model/vehicle-case.notices.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { type TwoAreas, twoAreas } from '#testkit/two-areas.ts';

// Real here: PostgreSQL, both areas put together as in processes of their own, the access list. Made up: the matters, and that the process which keeps people hangs.

let it: TwoAreas;
beforeAll(async () => {
  it = await twoAreas();
});
afterAll(() => it.close());

const newsAbout = (id: string) => ({
  kind: caseNotices.returned,
  values: { caseNo: 'SC2026112300001', plateNo: '沪A12345' },
  matter: { type: 'elv.vehicle-case', id, row: { id, organisation: 'yard-1' } },
  occasion: 'step 2',
  organisationId: 'yard-1',
  at: it.clock.now(),
});

/** What a step in the process of cases does to tell people; answers the matter's id. */
const raise = async (id: string = randomUUID(), fails = false): Promise<string> => {
  await inTransaction(it.database.db, async (tx) => {
    await it.elv.elv?.exportDesk.notices.raise(tx, newsAbout(id));
    if (fails) throw new Error('the step is refused');
  }).catch((error: Error) => {
    if (!fails) throw error;
  });
  return id;
};

const toldOf = async (matter: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ who: string }>`
    select recipient_id as who from notice.notice where matter_id = ${matter} order by recipient_id`.execute(
    it.database.db,
  );
  return rows.map(({ who }) => who);
};

const left = async (): Promise<number> => (await sql`select 1 from notice.news`.execute(it.database.db)).rows.length;

test('R13, T2.2: a step ends while the process that keeps people hangs, and people are told once that goes on', async () => {
  it.way = () => new Promise(() => undefined);
  const matter = await raise();
  await raise(matter);
  expect([await toldOf(matter), await left()]).toEqual([[], 2]);
  const raisedAt = it.clock.now().toISOString();
  it.clock.advance(60_000);
  await it.governance.notices?.tellLeft();
  expect([await toldOf(matter), await left()]).toEqual([['demo-clerk1', 'demo-clerk1b'], 0]);
  const clerk = it.people.governance.client(noticeContract, await it.people.governance.signIn('clerk1'));
  expect((await clerk.list({})).rows[0]).toMatchObject({
    title: '案卷被退回',
    text: expect.stringMatching(/^案卷 SC2026112300001（沪A12345）被退回/),
    raisedAt,
  });
});

test('R13, T2.2: who is told is judged when people are told, accounts as well as roles', async () => {
  const matter = await raise();
  const until = (at: Date | null) =>
    sql`update governance.user_account set valid_until = ${at} where id = 'demo-clerk1b'`.execute(it.database.db);
  await until(new Date(it.clock.now().getTime() + 1_000));
  it.clock.advance(2_000);
  await it.governance.notices?.tellLeft();
  expect(await toldOf(matter)).toEqual(['demo-clerk1']);
  await until(null);
});

test('R13: what is rolled back leaves nothing to be told', async () => {
  await raise(randomUUID(), true);
  expect(await left()).toBe(0);
});

test('T2.2: of two processes that tell at once each tells what the other does not', async () => {
  const matters = await Promise.all(Array.from({ length: 30 }, () => raise()));
  await Promise.all([1, 2, 3].map(() => it.governance.notices?.tellLeft()));
  for (const matter of matters) expect(await toldOf(matter)).toEqual(['demo-clerk1', 'demo-clerk1b']);
  expect(await left()).toBe(0);
});

test('T2.2: one that cannot be told stays, is told of, and holds up no other', async () => {
  const broken = await raise();
  await sql`update notice.news set matter_row = 'no JSON' where matter_id = ${broken}`.execute(it.database.db);
  const whole = await raise();
  await expect(it.governance.notices?.tellLeft()).rejects.toThrow('JSON');
  expect([await toldOf(broken), await toldOf(whole), await left()]).toEqual([[], ['demo-clerk1', 'demo-clerk1b'], 1]);
});

test('R44, T5.5: while the access list is broken nothing is told to nobody: it stays, and people are told once the list is whole', async () => {
  await sql`delete from notice.news`.execute(it.database.ownerDb);
  const turn = async (by: number): Promise<void> => {
    await sql`update kernel.access_head set version = version + ${by}`.execute(it.database.ownerDb);
    it.clock.advance(3_000);
  };
  const here = randomUUID();
  const elsewhere = await raise();
  await turn(90);
  expect(await it.governance.notices?.tellLeft()).toBe(0);
  await inTransaction(it.database.db, async (tx) => {
    await it.governance.notices?.raise(tx, newsAbout(here));
  });
  expect([await toldOf(elsewhere), await toldOf(here), await left()]).toEqual([[], [], 2]);
  // Who is named is found without the list.
  const named = randomUUID();
  await inTransaction(it.database.db, async (tx) => {
    await it.governance.notices?.raise(tx, { ...newsAbout(named), personId: 'demo-clerk1' });
  });
  expect([await toldOf(named), await left()]).toEqual([['demo-clerk1'], 2]);
  await turn(-90);
  expect(await it.governance.notices?.tellLeft()).toBe(2);
  for (const matter of [elsewhere, here]) expect(await toldOf(matter)).toEqual(['demo-clerk1', 'demo-clerk1b']);
});
