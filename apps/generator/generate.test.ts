import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { stepContract } from '#areas/elv/vehicle-case/model/vehicle-case.steps.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { markTrial, trialStanding } from '#kernel/db/trial.store.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { GeneratingRefused, generate, type Wish } from './generate.ts';
import { ensureTrialPeople } from './people.ts';

// Real here: PostgreSQL, the web server, permissions. Made up: the clock, and all the cases.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const now = new Date('2026-11-23T02:00:00Z');
const wish: Wish = { cases: 2_000, years: 2, history: 0, lot: 'test', now };

let it: ServedProduct;

beforeAll(async () => {
  it = await aServedProduct(now.toISOString());
  const { db, ownerDb } = it.database;
  await markTrial(ownerDb, now);
  await ensureTrialPeople(db, it.product.accessList, 'Demo-2026!', now);
  await it.product.access.check();
  await generate(db, it.product.crypto, wish);
});
afterAll(() => it.close());

interface Made {
  readonly id: string;
  readonly case_no: string;
  readonly state: string;
  readonly plate_no: string;
  readonly vin: string;
  readonly owner_name: string;
  readonly district_code: string;
  readonly enterprise_id: string;
}

const allMade = async (db: Db): Promise<readonly Made[]> =>
  (
    await sql<Made>`select id, case_no, state, plate_no, vin, owner_name, district_code, enterprise_id, opened_by, deadline_at, owner_identity_index
      from elv.vehicle_case order by id`.execute(db)
  ).rows;

const enterprisesWhere = async (where: string): Promise<readonly string[]> => {
  const { rows } = await sql<{
    id: string;
  }>`select distinct enterprise_id as id from elv.vehicle_case where ${sql.raw(where)}`.execute(it.database.db);
  return rows.map(({ id }) => id).sort();
};

const found = async (userName: string, q: string): Promise<readonly string[]> => {
  const { rows, total } = await it
    .client(vehicleCaseContract, await it.signIn(userName))
    .list({ q, sort: '-stateSince', page: 1, size: 100 });
  expect(total).toBeGreaterThanOrEqual(rows.length);
  return rows.map(({ id }) => id);
};

test('T2.11: a lot is of all times and in most states, old cases are mostly over, and few yards take most', async () => {
  const { rows } = await sql<{ state: string; old: boolean; yard: string }>`
    select state, opened_at < ${new Date('2025-11-23')} as old, enterprise_id as yard from elv.vehicle_case`.execute(
    it.database.db,
  );
  expect(rows).toHaveLength(wish.cases);
  const old = rows.filter((row) => row.old);
  expect(old.filter(({ state }) => ['closed', 'refused', 'discarded'].includes(state)).length).toBeGreaterThan(
    old.length * 0.95,
  );
  expect(new Set(rows.map(({ state }) => state)).size).toBeGreaterThan(8);
  const yards = [...Map.groupBy(rows, ({ yard }) => yard).values()].map(({ length }) => length).sort((a, b) => b - a);
  expect((yards[0] ?? 0) + (yards[1] ?? 0) + (yards[2] ?? 0)).toBeGreaterThan(wish.cases / 4);
});

test('R14: a full recount of the steps finds the numbers as they are kept', async () => {
  expect(await it.product.elv.statistics.recount()).toMatchObject({ cases: wish.cases, differences: 0 });
});

test('T5.6: the steps of every case are a whole chain', async () => {
  for (const { id } of (await allMade(it.database.db)).slice(0, 100))
    expect(stepsIntact('elv.vehicle-case', id, await listSteps(it.database.db, 'elv.vehicle-case', id))).toBe(true);
});

test('R44: made cases are found by plate, frame number and owner, by whoever may see them', async () => {
  const made = await allMade(it.database.db);
  const own = made.find(({ enterprise_id }) => enterprise_id === 'yard-1');
  const other = made.find(({ enterprise_id }) => enterprise_id === 'yard-2');
  if (!own || !other) throw new Error('the two largest yards have cases');
  for (const q of [own.plate_no.slice(0, 6), own.vin.slice(0, 14), own.vin.slice(-6), own.case_no]) {
    expect(await found('clerk1', q)).toContain(own.id);
    expect(await found('commission1', q)).toContain(own.id);
    expect(await found('trial-officer-310115', q)).toContain(own.id);
  }
  expect(await found('commission1', `${other.vin}`)).toEqual([other.id]);
  expect(await found('clerk1', other.vin)).toEqual([]);
  expect(await found('trial-officer-310115', other.vin)).toEqual([]);
  const { caseNo } = await it.client(vehicleCaseContract, await it.signIn('clerk1')).get({ id: own.id });
  expect(caseNo).toBe(own.case_no);
});

test('T2.11, R44: totals and states out of the kept numbers are those of counting the cases, for everybody', async () => {
  const count = async (where: string): Promise<number> => {
    const { rows } = await sql<{
      count: string;
    }>`select count(*) as count from elv.vehicle_case where ${sql.raw(where)}`.execute(it.database.db);
    return Number(rows[0]?.count);
  };
  const own = {
    clerk1: "enterprise_id = 'yard-1'",
    'trial-officer-310115': "district_code = '310115'",
    commission1: 'true',
  };
  for (const [userName, rows] of Object.entries(own)) {
    const client = it.client(vehicleCaseContract, await it.signIn(userName));
    const total = async (filter: object) => (await client.list({ ...filter, size: 1 })).total;
    expect(await total({})).toBe(await count(rows));
    expect(await total({ state: ['closed', 'confirming'] })).toBe(
      await count(`${rows} and state in ('closed', 'confirming')`),
    );
    expect(await total({ enterpriseId: 'yard-2' })).toBe(await count(`${rows} and enterprise_id = 'yard-2'`));
    expect(await total({ districtCode: '310115', state: ['closed'] })).toBe(
      await count(`${rows} and district_code = '310115' and state = 'closed'`),
    );
    // These no number tells; the cases themselves are counted.
    expect(await total({ overdue: 'true' })).toBe(
      await count(
        `${rows} and deadline_at < '${now.toISOString()}' and state not in ('closed', 'refused', 'discarded', 'withdrawn')`,
      ),
    );
    const { states } = await client.summary({});
    for (const { state, count: told } of states)
      expect([state, told]).toEqual([state, await count(`${rows} and state = '${state}'`)]);
    const enterprises = (await client.enterprises({})).map(({ id }) => id);
    expect(enterprises.toSorted()).toEqual(await enterprisesWhere(rows));
  }
});

test('T2.11: a search by marks finds those that have all of them, however they are combined', async () => {
  const client = it.client(vehicleCaseContract, await it.signIn('commission1'));
  const { rows } = await sql<{ id: string; marks: string }>`
    select id, marks from elv.vehicle_case order by state_since desc, id desc`.execute(it.database.db);
  for (const mark of [['supervised'], ['non-local'], ['supervised', 'non-local'], ['sealed']] as const) {
    const having = rows.filter(({ marks }) => mark.every((one) => marks.includes(`,${one},`))).map(({ id }) => id);
    const { rows: listed, total } = await client.list({ mark: [...mark], size: 100 });
    expect([listed.map(({ id }) => id), total]).toEqual([having.slice(0, 100), having.length]);
  }
  expect(rows.filter(({ marks }) => marks === ',supervised,non-local,').length).toBeGreaterThan(0);
});

/** Cases of clerk1 that were opened, and every other one discarded, without anything being added up. */
const workOn = async (): Promise<void> => {
  const cookie = await it.signIn('clerk1');
  const cases = it.client(vehicleCaseContract, cookie);
  const { discard } = stepContract;
  if (!discard) throw new Error('people discard drafts');
  const steps = it.client({ discard }, cookie);
  for (let order = 0; order < 8; order += 1) {
    const { id } = await cases.open({ key: randomUUID() });
    if (order % 2 === 0) await steps.discard({ id, version: 1, key: randomUUID() });
  }
};

test('T2.11: a page far back is the one that reading all before it would show, while new cases wait to be counted', async () => {
  await workOn();
  const client = it.client(vehicleCaseContract, await it.signIn('commission1'));
  const { db } = it.database;
  for (const sort of ['-stateSince', 'stateSince', '-openedAt', 'openedAt', 'deadlineAt'] as const)
    for (const state of [undefined, ['closed', 'discarded', 'intake', 'dismantling']])
      for (const page of [11, 12, 15, 18, 21]) {
        const column = { s: 'state_since', o: 'opened_at', d: 'deadline_at' }[sort.replace('-', '').charAt(0)];
        const direction = sort.startsWith('-') ? 'desc' : 'asc';
        const { rows } = await sql<{ id: string }>`
          select id from elv.vehicle_case where ${state ? sql`state in (${sql.join(state)})` : sql`true`}
          order by ${sql.raw(`${column} ${direction}, id ${direction}`)} limit 100 offset ${(page - 1) * 100}`.execute(
          db,
        );
        const listed = await client.list({ sort, page, size: 100, ...(state ? { state } : {}) });
        expect(listed.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      }
});

test('T2.11, R44: days that are passed over have as many cases as they are said to, within anybody’s rows, and no day more could be', async () => {
  const { statistics } = it.product.elv;
  const { db } = it.database;
  const ended = sql`state in ('closed', 'refused', 'discarded', 'withdrawn')`;
  const yard = { rows: { field: 'organisation', in: ['yard-1'] }, are: sql`enterprise_id = 'yard-1'` };
  const district = {
    rows: { field: 'district', in: ['310115', '310112'] },
    are: sql`district_code in ('310115', '310112')`,
  };
  const own = {
    rows: { all: [yard.rows, { field: 'state', in: ['closed', 'intake'] }] },
    are: sql`enterprise_id = 'yard-1' and state = 'closed'`,
  };
  for (const by of ['ended', 'opened'] as const)
    for (const from of ['newest', 'oldest'] as const)
      for (const { rows, are } of by === 'ended' ? [yard, district, own] : [yard, district])
        for (const most of [0, 3, 40, 150]) {
          const column = sql.ref(by === 'ended' ? 'state_since' : 'opened_at');
          const meant = by === 'ended' ? sql`${are} and ${ended}` : are;
          const passed = await inTransaction(
            db,
            (tx) => statistics.passDays(tx, { rows, by, from, most }),
            'one-moment',
          );
          if (!passed) throw new Error('there are numbers');
          const count = async (turn: Date): Promise<number> => {
            const { rows: found } = await sql<{ count: string }>`select count(*) as count from elv.vehicle_case
              where ${meant} and ${column} ${from === 'newest' ? sql`>=` : sql`<`} ${turn}`.execute(db);
            return Number(found[0]?.count);
          };
          expect(await count(passed.turn)).toBe(passed.count);
          const day = from === 'newest' ? -86_400_000 : 86_400_000;
          expect(await count(new Date(passed.turn.getTime() + day))).toBeGreaterThan(most);
        }
  const owner = { field: 'owner', in: ['somebody'] };
  expect(
    await inTransaction(db, (tx) => statistics.passDays(tx, { rows: owner, by: 'ended', from: 'newest', most: 9 })),
  ).toBeUndefined();
});

test('T2.11: ended cases multiplied in the database are cases of their own, whose numbers a recount of the steps finds as they are kept', async () => {
  const many = await aServedProduct(now.toISOString());
  try {
    const { db, ownerDb } = many.database;
    await markTrial(ownerDb, now);
    const times = 25;
    const indexes = async () =>
      (await sql`select indexdef from pg_indexes where schemaname in ('elv', 'kernel') order by 1`.execute(db)).rows;
    const before = await indexes();
    // As if so many had been opened on each day: the numbers of copies have more than five digits.
    await sql`insert into elv.case_counter select to_char(day, 'YYYYMMDD'), 99995
      from generate_series('2024-11-01'::date, '2026-11-30'::date, interval '1 day') as day`.execute(ownerDb);
    await generate(db, many.product.crypto, { ...wish, cases: 5_000, copied: { times, steps: true, ownerDb } });
    expect(await indexes()).toEqual(before);
    const { rows } = await sql<{ copy: boolean; ended: boolean; count: number; plates: number }>`
      select open_key like '%:%:%:%' as copy, state in ('closed', 'refused', 'discarded') as ended, count(*)::integer as count,
        count(distinct vin)::integer as vehicles
      from elv.vehicle_case group by 1, 2 order by 1, 2`.execute(db);
    const [open, originals, copies] = rows;
    expect(rows).toMatchObject([
      { copy: false, ended: false },
      { copy: false, ended: true },
      { copy: true, ended: true },
    ]);
    expect((open?.count ?? 0) + (originals?.count ?? 0)).toBe(200);
    expect(copies).toMatchObject({ count: (originals?.count ?? 0) * (times - 1), vehicles: copies?.count });
    const all = rows.reduce((sum, { count }) => sum + count, 0);
    expect(await many.product.elv.statistics.recount()).toMatchObject({ cases: all, differences: 0 });
    const commission = many.client(vehicleCaseContract, await many.signIn('commission1'));
    const { rows: listed, total } = await commission.list({ sort: 'openedAt', page: 2, size: 40 });
    expect(total).toBe(all);
    // The page of a copy opens, and the next case of its day is numbered behind all of them.
    for (const { id, caseNo } of listed) expect((await commission.get({ id })).caseNo).toBe(caseNo);
    const { rows: late } = await sql`select 1 from elv.vehicle_case join elv.case_counter on day = substr(case_no, 3, 8)
      where substr(case_no, 11)::integer > last`.execute(db);
    expect(late).toEqual([]);
    await expect(
      generate(db, many.product.crypto, { ...wish, lot: 'more', copied: { times, steps: true, ownerDb } }),
    ).rejects.toThrow('已有案卷');
  } finally {
    await many.close();
  }
});

test('T5.6: a database that is no trial is refused in words, and so is a lot made before; only the owner marks one', async () => {
  const other = await aDatabase(migrations);
  try {
    await expect(generate(other.db, it.product.crypto, wish)).rejects.toThrow(GeneratingRefused);
    await expect(generate(other.db, it.product.crypto, wish)).rejects.toThrow('不是试用库');
    await expect(markTrial(other.db, now)).rejects.toThrow('permission denied');
    expect(await allMade(other.db)).toEqual([]);
    expect([await trialStanding(other.ownerDb), await trialStanding(it.database.ownerDb)]).toEqual(['other', 'trial']);
    const nothing = await aDatabase([]);
    expect(await trialStanding(nothing.ownerDb).finally(() => nothing.close())).toBe('empty');
  } finally {
    await other.close();
  }
  await expect(generate(it.database.db, it.product.crypto, wish)).rejects.toThrow('批次 test 已生成过');
});
