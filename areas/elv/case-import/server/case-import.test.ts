import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { familyVin } from '#apps/simulators/register/family.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { type Cells, filledBook } from '#testkit/filled-book.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { anIdentityNo } from '#testkit/people.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';
import { vehicleCaseContract } from '../../vehicle-case/model/vehicle-case.contract.ts';
import { openingMany } from '../../vehicle-case/server/opening-many.ts';
import { type CaseImportView, caseImportContract } from '../model/case-import.contract.ts';
import { caseColumns } from '../model/case-rows.ts';
import { beginOpening, casesOfPart } from './case-import.store.ts';
import type { CaseOpening } from './case-opening.ts';
import { openerOver } from './opener.ts';

// Real here: PostgreSQL, web server, workbooks as Excel writes them. No outside system answers; the clock is made up.
vi.setConfig({ testTimeout: 120_000 });

let it: ServedProduct;
const cookies = new Map<string, string>();
const cookieOf = async (who: string): Promise<string> => {
  const cookie = cookies.get(who) ?? (await it.signIn(who));
  cookies.set(who, cookie);
  return cookie;
};
const imports = async (who: string) => it.client(caseImportContract, await cookieOf(who));
const cases = async (who: string) => it.client(vehicleCaseContract, await cookieOf(who));

beforeAll(async () => {
  it = await aServedProduct();
});
afterAll(() => it.close());
beforeEach(() => it.product.elv.caseImports.idle());

/** A line that is right, about a different vehicle for each number. */
const line = (n: number, more: Cells = {}): Cells => ({
  'papers.plateNo': `沪A${String(n).padStart(5, '0')}`,
  'papers.plateTypeCode': '小型汽车',
  'papers.vin': familyVin(n),
  'papers.vehicleTypeCode': '小型轿车',
  'papers.registrationDate': '2011/3/8',
  'papers.curbWeightKg': '1,280',
  'owner.ownerName': '孙演示',
  'owner.ownerIdentityNo': anIdentityNo(n),
  'owner.ownerPhone': '138 0013 0000',
  ...more,
});

const check = async (rows: readonly Cells[], who = 'clerk1', key = randomUUID()): Promise<CaseImportView> => {
  const { status, body } = await upload(
    it.server,
    await cookieOf(who),
    `/api/elv/case-imports?key=${key}`,
    await filledBook(caseColumns, rows),
    '案卷.xlsx',
  );
  expect([status, body]).toEqual([200, body]);
  return body as CaseImportView;
};
const opened = async (who: string, q: string) => (await (await cases(who)).list({ q })).rows;
const countCases = async (): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) as count from elv.vehicle_case`.execute(it.database.db);
  return Number(rows[0]?.count);
};

test('R01: the template has the columns of papers, owner and agent, and what each may hold', async () => {
  const headers = { ...ownPage, cookie: await cookieOf('clerk1') };
  const reply = await it.server.inject({ method: 'GET', url: '/api/elv/case-imports/template', headers });
  expect(reply.headers['content-disposition']).toContain(encodeURIComponent('报废案卷导入模板.xlsx'));
  const rows = [];
  for await (const row of readWorkbook(Readable.from([reply.rawPayload]))) rows.push(row.cells);
  expect(rows).toEqual([caseColumns.map(({ title, needed }) => (needed ? `${title}*` : title))]);
  expect(rows[0]).toEqual(expect.arrayContaining(['车辆识别代号*', '号牌号码', '所有人名称*', '代理人姓名']));
});

describe('the dry run', () => {
  test('R01: bad lines are told by line and cell, all at once, and nothing is opened', async () => {
    const before = await countCases();
    const view = await check([
      line(1),
      line(2, { 'papers.vin': '', 'owner.ownerIdentityNo': '310101199001010010' }),
      line(3, { 'papers.plateTypeCode': '飞机', 'papers.registrationDate': '去年', 'papers.curbWeightKg': '很重' }),
      line(4, { 'owner.ownerPhone': '138' }),
    ]);
    expect(view).toMatchObject({ total: 4, good: 1, opened: 0, state: 'checked', fileName: '案卷.xlsx' });
    expect(view.faults.map(({ line: at, column }) => `${at} ${column}`).sort()).toEqual(
      ['3 车辆识别代号', '3 身份证号码', '4 号牌种类', '4 注册登记日期', '4 整备质量', '5 联系电话'].sort(),
    );
    expect(await countCases()).toBe(before);
  });

  test('R01: the same vehicle twice in a file, and one the enterprise has in hand, are told with line or case number', async () => {
    const clerk = await cases('clerk1');
    const { id, caseNo } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
    await clerk.saveSection({ id, section: 'papers', changes: { vin: { was: null, now: familyVin(11) } } });
    const rows = [line(10), line(11), line(12), line(12, { 'papers.plateNo': '沪A99999' })];
    const view = await check(rows);
    expect(view.faults).toEqual([
      { line: 3, column: '车辆识别代号', message: `本企业已有这辆车的在办案卷 ${caseNo}` },
      { line: 5, column: '车辆识别代号', message: '与第 4 行重复' },
    ]);
    // What another enterprise has in hand is told nobody in a list.
    expect((await check(rows, 'clerk2')).faults.map(({ line: at }) => at)).toEqual([5]);
  });

  test('R01: a file without the needed columns, or no workbook at all, is refused with words', async () => {
    const send = async (bytes: Buffer) =>
      upload(it.server, await cookieOf('clerk1'), `/api/elv/case-imports?key=${randomUUID()}`, bytes, 'a.xlsx');
    const without = await filledBook(
      [{ name: 'owner.ownerName', title: '所有人名称' }],
      [{ 'owner.ownerName': '孙演示' }],
    );
    expect(await send(without)).toMatchObject({
      status: 415,
      body: { message: expect.stringContaining('车辆识别代号') },
    });
    expect(await send(Buffer.from('no workbook'))).toMatchObject({ status: 415 });
  });
});

describe('the import', () => {
  test('R01: opens a case for every line with what was filled, asks outside, and tells the log which line it was', async () => {
    const rows = [
      line(21),
      line(22, {
        'owner.ownerIdentityNo': null,
        'owner.ownerCreditCode': '91310115MADEMA0198',
        'owner.ownerName': '演示单位',
      }),
      line(23, { 'agent.agentName': '代理演示', 'agent.agentIdentityNo': anIdentityNo(99) }),
      line(24, { 'papers.registeredWithPolice': '否', 'papers.plateNo': null, 'papers.plateTypeCode': null }),
    ];
    const { id } = await check(rows);
    expect(await (await imports('clerk1')).acceptImport({ importId: id, rows: 'all' })).toMatchObject({
      state: 'opening',
    });
    await it.product.elv.caseImports.idle();
    expect(await (await imports('clerk1')).readImport({ importId: id })).toMatchObject({ state: 'done', opened: 4 });
    const views = await Promise.all(
      [21, 22, 23, 24].map(async (n) => {
        const [row] = await opened('clerk1', familyVin(n));
        return (await cases('clerk1')).get({ id: row?.id ?? '' });
      }),
    );
    const valuesOf = (at: number, section: string) => views[at]?.sections.find((one) => one.id === section)?.values;
    expect(views.map(({ state }) => state)).toEqual(['intake', 'intake', 'intake', 'intake']);
    expect(valuesOf(0, 'papers')).toMatchObject({
      plateNo: '沪A00021',
      plateTypeCode: '02',
      registrationDate: '2011-03-08',
      curbWeightKg: 1280,
      registeredWithPolice: true,
    });
    expect(valuesOf(0, 'owner')).toMatchObject({ ownerKind: 'person', ownerPhone: '13800130000' });
    expect(valuesOf(1, 'owner')).toMatchObject({ ownerKind: 'organisation', ownerCreditCode: '91310115MADEMA0198' });
    expect(valuesOf(2, 'agent')).toMatchObject({ hasAgent: true, agentName: '代理演示' });
    expect(valuesOf(3, 'papers')).toMatchObject({ registeredWithPolice: false });
    // Unanswered is 核验中, never fine.
    expect(views[0]?.checks.map(({ kind, status }) => [kind, status])).toContainEqual(['vehicle-status', 'waiting']);
    expect(views[3]?.checks.map(({ kind }) => kind)).toEqual(['owner-identity']);
    const { rows: facts } = await sql<{ detail: string }>`
      select detail from kernel.audit_entry where action = 'elv.vehicle-case.open' and object_id = ${views[2]?.id}`.execute(
      it.database.db,
    );
    expect(JSON.parse(String(facts[0]?.detail))).toMatchObject({ importId: id, line: 4, caseNo: views[2]?.caseNo });
  });

  test('R01: the same click twice, and the same upload sent again, open every case once', async () => {
    const key = randomUUID();
    const { id } = await check([line(31), line(32)], 'clerk1', key);
    const clerk = await imports('clerk1');
    await Promise.all([1, 2, 3].map(() => clerk.acceptImport({ importId: id, rows: 'all' })));
    await it.product.elv.caseImports.idle();
    expect((await check([line(31), line(32)], 'clerk1', key)).id).toBe(id);
    await clerk.acceptImport({ importId: id, rows: 'all' });
    await it.product.elv.caseImports.idle();
    expect(await opened('clerk1', familyVin(31))).toHaveLength(1);
    expect(await opened('clerk1', familyVin(32))).toHaveLength(1);
  });

  test('R01: with faults only the lines without any are opened, when that was asked for', async () => {
    const [{ id }, clerk] = [await check([line(41), line(42, { 'owner.ownerName': '' })]), await imports('clerk1')];
    await expect(clerk.acceptImport({ importId: id, rows: 'all' })).rejects.toMatchObject({ code: 'FAULTY' });
    await clerk.acceptImport({ importId: id, rows: 'good' });
    await it.product.elv.caseImports.idle();
    expect(await clerk.readImport({ importId: id })).toMatchObject({ state: 'done', opened: 1, good: 1 });
    expect(await opened('clerk1', familyVin(42))).toEqual([]);
  });

  test('R01: what was uploaded is its uploader’s alone, sealed until it is opened, and forgotten after a day', async () => {
    const identityNo = anIdentityNo(51);
    const { id } = await check([line(51)]);
    for (const who of ['clerk1b', 'clerk2']) {
      const other = await imports(who);
      await expect(other.readImport({ importId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(other.acceptImport({ importId: id, rows: 'all' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await other.listImports({})).map((one) => one.id)).not.toContain(id);
    }
    expect((await writtenOut(it.database.ownerDb)).find(identityNo)).toEqual([]);
    it.clock.advance(25 * 3_600_000);
    cookies.clear();
    await check([line(52)]);
    const clerk = await imports('clerk1');
    expect(await clerk.readImport({ importId: id })).toMatchObject({ state: 'expired' });
    await expect(clerk.acceptImport({ importId: id, rows: 'all' })).rejects.toMatchObject({ code: 'EXPIRED' });
  });
});

describe('opening in the background', () => {
  const numbers = Array.from({ length: 2 * casesOfPart + 5 }, (_, at) => at);
  const deskWith = (changed: Partial<CaseOpening>, failures: unknown[] = []) => {
    const { desk } = it.product.elv;
    const { db, crypto, clock } = desk;
    return openerOver({
      db,
      crypto,
      clock,
      cases: { ...openingMany(desk), ...changed },
      nudge: () => undefined,
      onFailure: (error) => failures.push(error),
    });
  };
  /** An import that was accepted by a process that ended before it had opened anything. */
  const acceptedOnly = async (from: number): Promise<string> => {
    const { id } = await check(numbers.map((n) => line(from + n)));
    await inTransaction(it.database.db, (tx) => beginOpening(tx, id, it.clock.now()));
    return id;
  };

  test('R01: two processes share the parts, and every line opens one case', async () => {
    const id = await acceptedOnly(1_000);
    const before = await countCases();
    await Promise.all([deskWith({}).round(), deskWith({}).round()]);
    expect(await countCases()).toBe(before + numbers.length);
    expect(await (await imports('clerk1')).readImport({ importId: id })).toMatchObject({
      state: 'done',
      opened: numbers.length,
    });
  });

  test('R01: what is cut off in the middle of a part leaves nothing of it, and is gone on with', async () => {
    const id = await acceptedOnly(2_000);
    const before = await countCases();
    const failures: unknown[] = [];
    let parts = 0;
    const cut = deskWith(
      {
        open: async (tx, by, some) => {
          parts += 1;
          await openingMany(it.product.elv.desk).open(tx, by, parts === 2 ? some.slice(0, 3) : some);
          if (parts === 2) throw new Error('the line to the database was cut');
        },
      },
      failures,
    );
    await cut.round();
    expect(failures).toHaveLength(1);
    expect(await countCases()).toBe(before + casesOfPart);
    const clerk = await imports('clerk1');
    expect(await clerk.readImport({ importId: id })).toMatchObject({
      state: 'halted',
      opened: casesOfPart,
      haltedBecause: expect.stringContaining('继续导入'),
    });
    await clerk.acceptImport({ importId: id, rows: 'all' });
    await it.product.elv.caseImports.idle();
    expect(await countCases()).toBe(before + numbers.length);
    expect(await clerk.readImport({ importId: id })).toMatchObject({ state: 'done', haltedBecause: null });
  });

  test('R13: an enterprise that may not accept any more half-way keeps what is open, and is told why the rest waits', async () => {
    const id = await acceptedOnly(3_000);
    let asked = 0;
    const suspended = deskWith({
      obstacle: async () => {
        asked += 1;
        return asked > 1 ? '企业正在停业整顿' : null;
      },
    });
    await suspended.round();
    expect(await (await imports('clerk1')).readImport({ importId: id })).toMatchObject({
      state: 'halted',
      opened: casesOfPart,
      haltedBecause: '企业正在停业整顿',
    });
  });
});
