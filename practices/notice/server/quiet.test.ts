import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { qualificationNotices } from '#areas/elv/qualification/model/qualification.notices.ts';
import { caseNotices } from '#areas/elv/vehicle-case/model/vehicle-case.notices.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { reachedAt } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import type { NoticeKind } from '../model/notice-kind.ts';

// Real here: PostgreSQL, outbox. Made up: the clock, and the matters. Nothing is carried.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
let matters = 0;
beforeAll(async () => {
  it = await aProduct();
  await reachedAt(it, 'clerk3', { phone: '13800000003', email: 'clerk3@example.com' });
  const { group } = caseNotices.returned;
  await sql`insert into notice.preference values ('demo-clerk3', ${group.id}, 'mail', true)`.execute(
    it.database.ownerDb,
  );
});
afterAll(() => it.close());

const raise = async (kind: NoticeKind): Promise<string> => {
  matters += 1;
  const id = `quiet-${matters}`;
  await inTransaction(it.database.db, (tx) =>
    it.product.notices.raise(tx, {
      kind,
      values: { caseNo: `SC20261123${String(matters).padStart(5, '0')}`, plateNo: '沪A12345' },
      matter: { type: kind.permission.split(':')[0] ?? '', id, row: { id, organisation: 'yard-3' } },
      occasion: 'step 2',
      organisationId: 'yard-3',
      at: it.clock.now(),
    }),
  );
  return id;
};

const waysOf = async (matter: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ channel: string }>`
    select d.channel from notice.delivery d join notice.notice n on n.id = d.notice_id
    where n.matter_id = ${matter} and n.recipient_id = 'demo-clerk3' order by d.channel`.execute(it.database.db);
  return rows.map(({ channel }) => channel);
};

test('R49: by night no phone rings: the mail goes, the short message goes in the morning, once; nothing behind it waits', async () => {
  it.clock.set('2026-11-23T14:30:00Z');
  const matter = await raise(caseNotices.returned);
  await it.product.notices.sendDue();
  expect(await waysOf(matter)).toEqual(['mail']);
  expect(await it.product.notices.sendDue()).toBe(0);
  it.clock.set('2026-11-23T23:59:00Z');
  await it.product.notices.sendDue();
  expect(await waysOf(matter)).toEqual(['mail']);
  it.clock.set('2026-11-24T00:00:00Z');
  expect(await it.product.notices.sendDue()).toBeGreaterThan(0);
  expect(await waysOf(matter)).toEqual(['mail', 'sms']);
  expect(await it.product.notices.sendDue()).toBe(0);
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from kernel.outbox where exchange = 'send-mail'
    and case_id in (select id from notice.notice where matter_id = ${matter})`.execute(it.database.db);
  expect(rows[0]?.count).toBe('1');
  const day = await raise(caseNotices.returned);
  await it.product.notices.sendDue();
  expect(await waysOf(day)).toEqual(['mail', 'sms']);
});

test('R49: what is urgent goes by night', async () => {
  it.clock.set('2026-11-24T15:00:00Z');
  expect(qualificationNotices.steps.revoked.outside?.urgent).toBe(true);
  const matter = await raise(qualificationNotices.steps.revoked);
  await it.product.notices.sendDue();
  expect(await waysOf(matter)).toEqual(['sms']);
});

test('R49: a notice is erased when its time has passed, with how it was sent, and not before; the log says so', async () => {
  it.clock.set('2026-11-25T02:00:00Z');
  const matter = await raise(caseNotices.returned);
  await it.product.notices.sendDue();
  const kept = async (): Promise<readonly number[]> => {
    const { rows } = await sql<{ notices: string; ways: string }>`
      select count(distinct n.id) as notices, count(d.channel) as ways from notice.notice n
      left join notice.delivery d on d.notice_id = n.id where n.matter_id = ${matter}`.execute(it.database.db);
    return [Number(rows[0]?.notices), Number(rows[0]?.ways)];
  };
  const before = await kept();
  expect(before[0]).toBeGreaterThan(0);
  it.clock.set('2028-11-23T02:00:00Z');
  await it.product.notices.eraseOld();
  expect(await kept()).toEqual(before);
  it.clock.set('2028-11-27T02:00:00Z');
  const fresh = await raise(caseNotices.returned);
  expect(await it.product.notices.eraseOld()).toBeGreaterThan(0);
  expect(await kept()).toEqual([0, 0]);
  const { rows } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'notice.erase'`.execute(it.database.db);
  expect(rows.length).toBeGreaterThan(0);
  const { rows: left } = await sql`select 1 from notice.notice where matter_id = ${fresh}`.execute(it.database.db);
  expect(left.length).toBeGreaterThan(0);
});
