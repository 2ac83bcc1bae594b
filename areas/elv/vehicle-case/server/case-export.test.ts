import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '#kernel/access/access.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { anIdentityNo, holdOnly } from '#testkit/people.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { mostExported } from '../model/case-export.contract.ts';
import { vehicleCaseContract } from '../model/vehicle-case.contract.ts';

const identityNumber = anIdentityNo(77);
const masked = `310***********${identityNumber.slice(-4)}`;
const reason = '年度统计报送市商务委';

let served: ServedProduct;
const cookies = new Map<string, string>();
const cookieOf = async (userName: string): Promise<string> => {
  const cookie = cookies.get(userName) ?? (await served.signIn(userName));
  cookies.set(userName, cookie);
  return cookie;
};
const open = async (userName: string): Promise<string> => {
  const clerk = served.client(vehicleCaseContract, await cookieOf(userName));
  const { id, caseNo } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const values = {
    ownerKind: 'person',
    ownerName: '孙演示',
    ownerIdentityNo: identityNumber,
    ownerPhone: '13800130000',
  };
  const changes = Object.fromEntries(Object.entries(values).map(([name, now]) => [name, { was: null, now }]));
  await clerk.saveSection({ id, section: 'owner', changes });
  return caseNo;
};

let [first, second, foreign] = ['', '', ''];
beforeAll(async () => {
  served = await aServedProduct('2026-11-23T02:00:00Z');
  first = await open('clerk1');
  served.clock.advance(60_000);
  foreign = await open('clerk2');
  // The day after, in Shanghai.
  served.clock.advance(20 * 3_600_000);
  cookies.clear();
  second = await open('clerk1');
});
afterAll(() => served.close());

const ask = async (userName: string, filter: object = {}, why = reason) =>
  served.server.inject({
    method: 'POST',
    url: '/api/elv/vehicle-case-exports',
    headers: { ...ownPage, cookie: await cookieOf(userName) },
    payload: { filter, reason: why },
  });

interface Sheet {
  readonly above: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
const sheetOf = async (bytes: Buffer): Promise<Sheet> => {
  const lines: (readonly unknown[])[] = [];
  for await (const { cells } of readWorkbook(Readable.from([bytes]), {
    bytes: 50_000_000,
    unpackedBytes: 500_000_000,
    rows: 30_000,
    columns: 100,
  }))
    lines.push(cells);
  const [mark, conditions, head = [], ...rest] = lines;
  const rows = rest.map((cells) =>
    Object.fromEntries(head.map((title, index) => [String(title), cells[index] ?? null])),
  );
  return { above: [String(mark?.[0]), String(conditions?.[0])], rows };
};
const taken = async (userName: string, filter: object = {}): Promise<Sheet> => {
  const reply = await ask(userName, filter);
  expect([reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([200, '']);
  return sheetOf(reply.rawPayload);
};
const numbers = ({ rows }: Sheet) => rows.map((row) => row.案卷编号);

describe('R43, R44: who may take the list along', () => {
  test.each(['clerk1', 'desk1', 'observer1', 'yardadmin1'])('R44: %s may not', async (userName) => {
    const reply = await ask(userName);
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'NOT_PERMITTED']);
  });

  test('R43: the officer for exports takes all cases, people masked; the commission sees them plain', async () => {
    const sheet = await taken('export1');
    expect(numbers(sheet)).toEqual([second, foreign, first]);
    expect(sheet.rows[0]).toMatchObject({
      所有人: '孙演示',
      所有人身份证号码: masked,
      所有人联系电话: '138****0000',
    });
    expect((await taken('commission1')).rows[0]).toMatchObject({ 所有人身份证号码: identityNumber });
  });

  test('R44: exporting reaches no row and opens no value that reading does not, nor the other way round', async () => {
    const grant = (verb: string, rows: Grant['rows'], personal: Grant['personal']): Grant => ({
      permission: `elv.vehicle-case:${verb}`,
      rows,
      personal,
    });
    await cookieOf('clerk3');
    await holdOnly(served, 'demo-clerk3', [grant('read', 'all', 'masked'), grant('export', 'all', 'plain')]);
    expect((await taken('clerk3')).rows[0]).toMatchObject({ 所有人身份证号码: masked });
    await cookieOf('clerk2');
    await holdOnly(served, 'demo-clerk2', [
      grant('read', 'own-organisation', 'plain'),
      grant('export', 'all', 'hidden'),
    ]);
    const own = await taken('clerk2');
    expect(numbers(own)).toEqual([foreign]);
    expect(own.rows[0]).toMatchObject({ 所有人身份证号码: null, 所有人: '孙演示' });
  });
});

describe('R14: what is in the file', () => {
  test.each([
    [{}, 3],
    [{ enterpriseId: 'yard-1' }, 2],
    [{ districtCode: '310112' }, 1],
    [{ q: identityNumber }, 3],
    [{ state: ['draft'], overdue: 'true' }, 0],
    [{ mark: ['supervised'] }, 0],
  ])('R14: the file has what the list has for %j', async (filter, count) => {
    const list = served.client(vehicleCaseContract, await cookieOf('export1'));
    const { rows, total } = await list.list({ ...filter, sort: '-openedAt' });
    expect(total).toBe(count);
    if (count === 0) {
      expect((await ask('export1', filter)).json().code).toBe('NOTHING');
      return;
    }
    expect(numbers(await taken('export1', filter))).toEqual(rows.map(({ caseNo }) => caseNo));
  });

  test('R14: days of acceptance are those of Shanghai, both included', async () => {
    expect(numbers(await taken('export1', { openedFrom: '2026-11-23', openedTo: '2026-11-23' }))).toEqual([
      foreign,
      first,
    ]);
    expect(numbers(await taken('export1', { openedFrom: '2026-11-24' }))).toEqual([second]);
    expect((await ask('export1', { openedTo: '2026-11-22' })).json().code).toBe('NOTHING');
  });

  test('R45, domain 10.5: the file says who took it, when, why and by what conditions, without anybody’s number', async () => {
    const { above } = await taken('export1', { q: identityNumber, enterpriseId: 'yard-1', openedFrom: '2026-11-23' });
    expect(above[0]).toMatch(/^韩导演示（demo-export1）于 2026-11-24 \d\d:\d\d 导出/);
    expect(above[0]).toContain(reason);
    expect(above[1]).toContain(
      '查找：按证件号码；回收企业：沪示例报废车回收拆解一厂有限公司（演示）；受理日期：2026-11-23 至 今',
    );
    expect(above[1]).not.toContain(identityNumber);
  });

  test('R45: no file without a reason', async () => {
    const reply = await ask('export1', {}, '  看看 ');
    expect([reply.statusCode, reply.body.includes('请写明事由')]).toEqual([400, true]);
  });
});

const facts = async () => {
  const { rows } = await sql<{ detail: string; actor_id: string }>`
    select detail, actor_id from kernel.audit_entry
    where action = 'elv.vehicle-case.export' and outcome = 'done' order by at, seq`.execute(served.database.db);
  return rows.map(({ detail, actor_id: actor }) => ({ actor, ...(JSON.parse(detail) as object) }));
};

test('R45: an export stands in the log with its conditions, its number of cases, the reason and the digest of the file', async () => {
  await ask('export1', { districtCode: '310112' });
  expect((await facts()).at(-1)).toEqual({
    actor: 'demo-export1',
    reason,
    filter: '区：闵行区',
    rows: 1,
    limit: mostExported,
    sm3: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('R45: whoever exports again and again within the hour is told of', async () => {
  for (let n = 0; n < 10; n += 1) await ask('commission1', { districtCode: '310112' });
  await served.product.audit.look();
  const { rows } = await sql`select rule from governance.audit_alert
    where rule = 'mass-exports' and about like '%demo-commission1'`.execute(served.database.ownerDb);
  expect(rows).toHaveLength(1);
});

describe('T2: many cases', () => {
  /** More cases like the first, so many at the same moment that pages end between them. */
  const many = (count: number, from: number) =>
    sql`insert into elv.vehicle_case
      select (jsonb_populate_record(c, jsonb_build_object('id', 'many-' || lpad(n::text, 6, '0'), 'case_no', 'M' || n, 'open_key',
        'many-' || n, 'record_at_step', '{}', 'record', jsonb_set(c.record::jsonb, '{sections,owner}', '{}')::text))).*
      from elv.vehicle_case c, generate_series(${from}::int, ${from + count - 1}::int) n where c.case_no = ${first}`.execute(
      served.database.ownerDb,
    );

  test('R14: pages follow one another, none twice and none missed, also among cases accepted at the same moment', async () => {
    await many(1_200, 1);
    const all = numbers(await taken('export1', { enterpriseId: 'yard-1' }));
    expect([all.length, new Set(all).size]).toEqual([1_202, 1_202]);
  });

  test('R14: more than the limit are refused with what to do, and nothing is told to have left', async () => {
    const before = (await facts()).length;
    await many(mostExported, 2_000);
    const reply = await ask('export1');
    expect([reply.statusCode, reply.json().message]).toEqual([409, expect.stringContaining('请选定受理日期')]);
    expect((await facts()).length).toBe(before);
  });
});
