import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseNotices } from '#areas/elv/vehicle-case/model/vehicle-case.notices.ts';
import { setStatus } from '#areas/governance/account/server/account-state.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

// Real here: PostgreSQL, access list, web server. The matters are made up: notices never look at them.

let served: ServedProduct;
let cases = 0;
const cookies = new Map<string, string>();

beforeAll(async () => {
  served = await aServedProduct();
});
afterAll(() => served.close());

const as = async (userName: string): Promise<Client<typeof noticeContract>> => {
  const cookie = cookies.get(userName) ?? (await served.signIn(userName));
  cookies.set(userName, cookie);
  return served.client(noticeContract, cookie);
};

interface Wish {
  readonly id?: string;
  readonly yard?: string;
  readonly occasion?: string;
  readonly fails?: boolean;
}

/** Raises a notice about a case of a yard in a transaction of its own; answers the case's id. */
const raise = async ({ id, yard = 'yard-1', occasion = 'step 2', fails = false }: Wish = {}): Promise<string> => {
  cases += 1;
  const matter = id ?? `case-${cases}`;
  await inTransaction(served.database.db, async (tx) => {
    await served.product.notices.raise(tx, {
      kind: caseNotices.returned,
      values: { caseNo: `SC20261123${String(cases).padStart(5, '0')}`, plateNo: '沪A12345' },
      matter: { type: 'elv.vehicle-case', id: matter, row: { id: matter, organisation: yard } },
      occasion,
      organisationId: yard,
      at: served.clock.now(),
    });
    if (fails) throw new Error('the step is refused');
  }).catch((error: Error) => {
    if (!fails) throw error;
  });
  return matter;
};

const toldOf = async (userName: string, matter: string): Promise<number> => {
  const { rows } = await (await as(userName)).list({ size: 100 });
  return rows.filter((one) => one.matter.id === matter).length;
};

describe('R13: who is told', () => {
  test('everybody of the organisation who may act, and nobody else', async () => {
    const matter = await raise();
    const told = await Promise.all(
      ['clerk1', 'clerk1b', 'review1', 'yardadmin1', 'clerk2', 'desk1', 'commission1', 'admin1'].map((who) =>
        toldOf(who, matter),
      ),
    );
    expect(told).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  });

  test('an account that is shut is told nothing, also not later', async () => {
    const { db } = served.database;
    const set = (status: 'active' | 'disabled') =>
      inTransaction(db, (tx) => setStatus(tx, 'demo-clerk3', status, served.clock.now()));
    await set('disabled');
    const matter = await raise({ yard: 'yard-3' });
    await set('active');
    expect(await toldOf('clerk3', matter)).toBe(0);
    expect(await toldOf('clerk3', await raise({ yard: 'yard-3' }))).toBe(1);
  });

  test('what is rolled back was never told', async () => {
    expect(await toldOf('clerk1', await raise({ fails: true }))).toBe(0);
  });

  test('the same step raised again is told once, the next step of the same matter again', async () => {
    const id = await raise();
    await Promise.all([raise({ id }), raise({ id })]);
    expect(await toldOf('clerk1', id)).toBe(1);
    await raise({ id, occasion: 'step 5' });
    expect(await toldOf('clerk1', id)).toBe(2);
  });
});

describe('R49: the list', () => {
  test('newest first, filtered, counted, and read one by one or all that were seen', async () => {
    const clerk = await as('clerk2');
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.unshift(await raise({ yard: 'yard-2' }));
      served.clock.advance(60_000);
    }
    const { rows, total, groups } = await clerk.list({});
    expect([rows.map(({ matter }) => matter.id), total]).toEqual([ids, 3]);
    expect(rows[0]).toMatchObject({
      title: '案卷被退回',
      text: expect.stringMatching(/^案卷 SC\d{13}（沪A12345）被退回/),
      groupTitle: '报废案卷',
      readAt: null,
    });
    expect(groups.map(({ id }) => id)).toContain('elv.vehicle-case');
    expect(await clerk.list({ group: 'governance.alert' })).toMatchObject({ rows: [], total: 0 });

    expect(await clerk.markRead({ ids: [rows[1]?.id ?? ''] })).toEqual({ unread: 2 });
    expect((await clerk.list({ unread: 'true' })).rows.map(({ matter }) => matter.id)).toEqual([ids[0], ids[2]]);
    const later = await raise({ yard: 'yard-2' });
    expect(await clerk.markAllRead({ until: rows[0]?.raisedAt ?? '' })).toEqual({ unread: 1 });
    expect((await clerk.list({ unread: 'true' })).rows.map(({ matter }) => matter.id)).toEqual([later]);
    expect(await clerk.unread({})).toEqual({ unread: 1 });
  });

  test('another person’s notice can be neither seen nor marked', async () => {
    const matter = await raise({ yard: 'yard-4' });
    const { rows } = await (await as('clerk4')).list({});
    const id = rows.find((one) => one.matter.id === matter)?.id ?? '';
    await (await as('clerk5')).markRead({ ids: [id] });
    await (await as('clerk5')).markAllRead({ until: served.clock.now().toISOString() });
    expect(await (await as('clerk4')).unread({})).toEqual({ unread: 1 });
    expect((await (await as('clerk5')).list({})).total).toBe(0);
  });

  test('a person is offered the groups of kinds they may be told of', async () => {
    expect((await (await as('observer1')).list({})).groups).toEqual([]);
  });
});
