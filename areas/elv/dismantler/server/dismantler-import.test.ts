import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoYards } from '#apps/server/demo/accounts.ts';
import { yardValues } from '#apps/server/demo/demo-dismantlers.ts';
import { creditCodeOf } from '#apps/simulators/register/check-digits.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { importColumnsOf } from '#practices/registry/model/import-rows.ts';
import type { EntryImportView } from '#practices/registry/model/registry-import.contract.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { type Cells, filledBook } from '#testkit/filled-book.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople } from '#testkit/registry-hands.ts';
import { dismantlerRegistry } from '../model/dismantler.profile.ts';

// Real here: PostgreSQL, engine, web server over HTTP, workbooks as Excel writes them. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: RegistryPeople;

beforeAll(async () => {
  it = await aProduct();
  people = registryPeople(it);
});
afterEach(async () => {
  await it.settle();
  const owner = it.database.ownerDb;
  for (const table of ['registry_file', 'registry_check', 'registry_entry', 'registry_import'])
    await sql`delete from ${sql.table(`elv.${table}`)}`.execute(owner);
  await sql`delete from governance.organisation where id not like 'yard-%'`.execute(owner);
});
afterAll(() => it.close());

const columns = importColumnsOf(dismantlerRegistry);

/** A line that is right about an enterprise nobody knows yet, a different one for each number. */
const line = (n: number, more: Cells = {}): Cells => {
  const { basic, qualification, capacity } = yardValues(1, '2026-11-23');
  const sections = Object.entries({ basic, qualification, capacity }).flatMap(([section, values]) =>
    Object.entries(values ?? {}).map(([field, value]) => [`${section}.${field}`, value] as const),
  );
  return {
    name: `导入演示拆解${n}有限公司`,
    creditCode: creditCodeOf('91310115', `MADX${String(n).padStart(4, '0')}`),
    districtCode: '浦东新区',
    ...Object.fromEntries(sections),
    ...more,
  } as Cells;
};

const bookOf = (rows: readonly Cells[], head?: string[]): Promise<Buffer> => filledBook(columns, rows, head);

const check = async (bytes: Buffer, key = randomUUID(), who = 'commission1'): Promise<EntryImportView> =>
  (await people.upload(who, `${dismantlerRegistry.path}/imports?key=${key}`, bytes, '企业.xlsx')) as EntryImportView;
const accept = async (importId: string, rows: 'all' | 'good', who = 'commission1') =>
  (await people.as(who)).imports.accept({ importId, rows });
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'DONE';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};
const total = async (): Promise<number> => (await (await people.as('commission1')).entries.list({ size: 1 })).total;

const rowsOf = async (bytes: Buffer): Promise<readonly ReadRow[]> => {
  const rows: ReadRow[] = [];
  for await (const row of readWorkbook(Readable.from([bytes]))) rows.push(row);
  return rows;
};

test('R49: the template has the columns of the profile, the needed ones marked, and is read back as it is', async () => {
  const { cookie } = await people.as('commission1');
  const reply = await fetch(`${it.url}/api/elv/dismantlers/imports/template`, { headers: { cookie } });
  expect(reply.headers.get('content-disposition')).toContain(encodeURIComponent('回收拆解企业导入模板.xlsx'));
  const [head, ...rest] = await rowsOf(Buffer.from(await reply.arrayBuffer()));
  expect(rest).toEqual([]);
  expect(head?.cells).toEqual(columns.map(({ title, needed }) => (needed ? `${title}*` : title)));
  expect(head?.cells).toContain('年回收能力*');
});

describe('the dry run', () => {
  test('R49: bad lines are told by line and cell, all at once; nothing is entered', async () => {
    const faulty = [
      line(1),
      line(2, { creditCode: '91310115MADEMA0190', 'basic.contactPhone': '138', 'capacity.yearlyCapacity': '很多' }),
      line(3, {
        districtCode: '苏州',
        'qualification.validUntil': '2020年1月5日',
        'qualification.issuedOn': '2019/1/5',
      }),
      line(4, { name: '', 'basic.registeredAddress': null }),
      line(1, { name: '同一代码的另一家' }),
      line(5, { creditCode: demoYards[0]?.creditCode ?? '', name: '改了名的一厂' }),
    ];
    const view = await check(await bookOf(faulty));
    expect(view).toMatchObject({ total: 6, good: 1, newOrganisations: 1, entered: null });
    expect(view.faults.map(({ line: at, column, message }) => `${at} ${column} ${message}`)).toEqual([
      expect.stringContaining('3 统一社会信用代码 校验位不符'),
      '3 联系方式 应为 11 位手机号码，或带区号的固定电话，例如 021-12345678',
      expect.stringContaining('3 年回收能力'),
      '4 所在区 应为上海市的区，例如 浦东新区',
      '4 有效期至 有效期至 2020-01-05 已过，请核对或先办理延续',
      '5 单位名称 请填写单位名称，2 至 120 个字',
      '5 注册地址 请填写注册地址',
      '6 统一社会信用代码 与第 2 行重复',
      expect.stringContaining('7 单位名称 与已登记的单位名称“沪示例报废车回收拆解一厂有限公司（演示）”不一致'),
    ]);
    expect(await total()).toBe(0);
    expect(await codeOf(accept(view.id, 'all'))).toBe('FAULTY');
    expect((await accept(view.id, 'good')).entered).toBe(1);
    expect(await total()).toBe(1);
  });

  test('R49: numbers, days and districts are read as Excel keeps them', async () => {
    const view = await check(
      await bookOf([
        line(1, {
          'capacity.yearlyCapacity': '12,000',
          'qualification.validUntil': '2027/3/1',
          districtCode: '310112',
          'basic.contactPhone': '021－12345678',
        }),
      ]),
    );
    expect(view.faults).toEqual([]);
    await accept(view.id, 'all');
    const [row] = (await (await people.as('commission1')).entries.list({})).rows;
    expect(row).toMatchObject({
      organisation: { districtTitle: '闵行区' },
      validity: { validUntil: '2027-03-01' },
      state: 'firstReview',
    });
    const entry = await people.view('commission1', row?.id ?? '');
    expect(entry.sections[2]?.values.yearlyCapacity).toBe(12_000);
    expect(entry.sections[0]?.values.contactPhone).toBe('021-12345678');
  });

  test('R49: what is no workbook, lacks columns or lines, or has too many, is refused with words', async () => {
    const titles = columns.map(({ title }) => title);
    const nameless = titles.map((title) => (title === '单位名称' ? '名字' : title));
    const many = Array.from({ length: 2_001 }, (_, index) => line(index));
    for (const bytes of [
      Buffer.from('no workbook'),
      await bookOf([]),
      await bookOf([line(1)], nameless),
      await bookOf(many),
    ])
      expect(await codeOf(check(bytes))).toBe('FILE_REFUSED');
  });

  test('R49: enterprises that have an entry are told so by its state', async () => {
    await anEntry(it, people, 1, 'firstReview');
    const [yard] = demoYards;
    const view = await check(await bookOf([line(1, { name: yard?.name ?? '', creditCode: yard?.creditCode ?? '' })]));
    expect(view.faults).toEqual([
      { line: 2, column: '统一社会信用代码', message: '这家企业已有登记（待初审），变更请由企业申报' },
    ]);
  });
});

describe('entering', () => {
  test('R49: entries are made by the engine, signed by the importer, asked about at the register, and wait for a first review by another', async () => {
    const [yard] = demoYards;
    const known = line(1, { name: yard?.name ?? '', creditCode: yard?.creditCode ?? '' });
    const view = await check(await bookOf([known, line(2)]));
    expect(view).toMatchObject({ good: 2, newOrganisations: 1 });
    expect((await accept(view.id, 'all')).entered).toBe(2);
    await it.settle();
    const { rows } = await (await people.as('commission2')).entries.list({ sort: 'stateSince' });
    expect(rows.map(({ organisation }) => organisation.name).sort()).toEqual(['导入演示拆解2有限公司', yard?.name]);
    const own = rows.find(({ organisation }) => organisation.id === 'yard-1');
    const steps = await listSteps(it.database.db, 'elv.dismantler', own?.id ?? '');
    expect(steps).toMatchObject([{ action: 'submitImported', actorName: '卫商演示', signature: expect.any(String) }]);
    const seen = await people.view('commission1', own?.id ?? '');
    expect(seen).toMatchObject({ origin: 'imported', register: { status: 'answered', verdict: 'pass' } });
    expect(seen.abilities.find(({ action }) => action === 'passFirst')?.missing).toMatchObject([
      { message: expect.stringContaining('其他人员') },
    ]);
    expect(await people.step('commission2', own?.id ?? '', 'passFirst')).toBe('secondReview');
    // The enterprise finds what was imported as its own, and goes on with it.
    expect(await people.open('clerk1')).toBe(own?.id);
  });

  test('R49: what the importer is sent back they put right; the enterprise’s own declarations stay out of their reach', async () => {
    const view = await check(await bookOf([line(1)]));
    await accept(view.id, 'all');
    const [row] = (await (await people.as('commission1')).entries.list({})).rows;
    const id = row?.id ?? '';
    await people.step('commission2', id, 'returnFirst', { reason: '年回收能力与证书不符' });
    const back = await people.view('commission1', id);
    expect(back.sections.every(({ editable }) => editable)).toBe(true);
    const before = back.sections.find((section) => section.id === 'capacity')?.values ?? {};
    await people.save('commission1', id, 'capacity', before, { yearlyCapacity: 9_000 });
    expect(await people.step('commission1', id, 'submitImported')).toBe('firstReview');
  });

  test('R49: the same file sent twice, and accepted twice at the same moment, enters everybody once', async () => {
    const bytes = await bookOf([line(1), line(2), line(3)]);
    const key = randomUUID();
    const [one, two] = await Promise.all([check(bytes, key), check(bytes, key)]);
    expect(one.id).toBe(two.id);
    const both = await Promise.all([accept(one.id, 'all'), accept(one.id, 'all')]);
    expect(both.map(({ entered }) => entered)).toEqual([3, 3]);
    expect(await total()).toBe(3);
  });

  test('R49: two people import the same enterprise at once: one file goes in, of the other no entry', async () => {
    const mine = await check(await bookOf([line(1), line(2)]), randomUUID(), 'commission1');
    const theirs = await check(await bookOf([line(3), line(2)]), randomUUID(), 'commission2');
    const codes = await Promise.all([
      codeOf(accept(mine.id, 'all', 'commission1')),
      codeOf(accept(theirs.id, 'all', 'commission2')),
    ]);
    expect(codes.sort()).toEqual(['CHANGED', 'DONE']);
    expect(await total()).toBe(2);
    const { rows } = await sql<{
      count: string;
    }>`select count(*) as count from governance.organisation where id not like 'yard-%'`.execute(it.database.ownerDb);
    // Organisations are another area's: those of the other file are known from now on, each once, and have no entry.
    expect(rows[0]?.count).toBe('3');
  });

  test('R49: of an import nobody sees another’s, its lines are sealed, and wait no longer than a day', async () => {
    const view = await check(await bookOf([line(1, { 'basic.contactPhone': '13911112222' })]));
    expect((await writtenOut(it.database.ownerDb)).find('13911112222')).toEqual([]);
    const other = await people.as('commission2');
    expect(await codeOf(other.imports.read({ importId: view.id }))).toBe('NOT_FOUND');
    expect(await codeOf(other.imports.accept({ importId: view.id, rows: 'all' }))).toBe('NOT_FOUND');
    it.clock.advance(25 * 3_600_000);
    await check(await bookOf([line(2)]));
    expect(await codeOf(accept(view.id, 'all'))).toBe('NOT_FOUND');
  });

  test('R49: one bad line in three hundred is named, and all others are entered', async () => {
    const rows = Array.from({ length: 300 }, (_, index) =>
      line(index, index === 234 ? { 'basic.contactPhone': 'none' } : {}),
    );
    const view = await check(await bookOf(rows));
    expect(view).toMatchObject({ total: 300, good: 299, faultCount: 1 });
    expect(view.faults[0]).toMatchObject({ line: 236, column: '联系方式' });
    expect((await accept(view.id, 'good')).entered).toBe(299);
    expect(await total()).toBe(299);
  });
});
