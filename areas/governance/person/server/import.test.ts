import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { jobsOf } from '#kernel/jobs/jobs.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { filledBook } from '#testkit/filled-book.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { agreeTo, anIdentityNo, enterPerson, type PeopleClient, peopleAs, signInWith } from '#testkit/people.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { importColumns } from '../model/import-rows.ts';
import type { ImportView } from '../model/person-import.contract.ts';
import { findImport } from './import.store.ts';
import { importKeeper } from './import-keeper.ts';

let served: ServedProduct;
let system: PeopleClient;
let cookies: Readonly<Record<'admin1' | 'yardadmin1', string>>;
beforeAll(async () => {
  served = await aServedProduct();
  system = await peopleAs(served, 'admin1');
  cookies = { admin1: await served.signIn('admin1'), yardadmin1: await served.signIn('yardadmin1') };
});
afterAll(() => served.close());

type Who = keyof typeof cookies;
type Cells = Readonly<Record<string, string>>;
let drawn = 10_000;

/** A line that is right, a new person each. */
const person = (more: Cells = {}): Cells => {
  drawn += 1;
  const phone = `139${String(drawn).padStart(8, '0')}`;
  return { userName: `import${drawn}`, name: '导入演示', identityNo: anIdentityNo(drawn), phone, ...more };
};

const bookOf = (rows: readonly Cells[]): Promise<Buffer> => filledBook(importColumns, rows);

const base = '/api/governance/people-imports';

const upload = async (who: Who, bytes: Buffer, key: string = randomUUID()) => {
  const boundary = 'boundary-of-a-test';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="people.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const reply = await served.server.inject({
    method: 'POST',
    url: `${base}?key=${key}`,
    headers: { ...ownPage, cookie: cookies[who], 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  return { status: reply.statusCode, body: reply.json() };
};

const checked = async (who: Who, rows: readonly Cells[]): Promise<ImportView> => {
  const { status, body } = await upload(who, await bookOf(rows));
  expect([status, body.message]).toEqual([200, undefined]);
  return body;
};

const post = (who: Who, path: string, payload: object = {}) =>
  served.server.inject({
    method: 'POST',
    url: `${base}/${path}`,
    headers: { ...ownPage, cookie: cookies[who] },
    payload,
  });
const accept = async (who: Who, id: string, rows: 'all' | 'good') => (await post(who, `${id}/accept`, { rows })).json();

const rowsOf = async (bytes: Buffer): Promise<readonly ReadRow[]> => {
  const rows: ReadRow[] = [];
  for await (const row of readWorkbook(Readable.from([bytes]))) rows.push(row);
  return rows;
};

const total = async (): Promise<number> => (await system.list({ size: 1 })).total;

test('R42: the template has the columns, and filled in it is taken as it is', async () => {
  const reply = await served.server.inject({ url: `${base}/template`, headers: { cookie: cookies.yardadmin1 } });
  expect(reply.headers['content-disposition']).toContain(encodeURIComponent('用户导入模板.xlsx'));
  const rows = await rowsOf(reply.rawPayload);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.cells.map((cell) => String(cell).replace('*', ''))).toEqual(importColumns.map(({ title }) => title));
  const { status, body } = await upload('yardadmin1', reply.rawPayload);
  expect([status, body.code]).toEqual([415, 'FILE_REFUSED']);
  expect(body.message).toContain('没有要导入的行');
});

describe('R42: one bad line in a thousand', () => {
  let view: ImportView;
  let people: readonly Cells[];
  beforeAll(async () => {
    people = Array.from({ length: 999 }, () => person({ organisation: '91310115MADEMA0198' }));
    view = await checked('admin1', [
      ...people.slice(0, 500),
      person({ identityNo: '310101199003070010' }),
      ...people.slice(500),
    ]);
  });

  test('is told by line and column, and nothing has happened', async () => {
    expect(view).toMatchObject({ total: 1000, good: 999, faultCount: 1, opened: null, passwordsWaiting: false });
    expect(view.faults).toEqual([{ line: 502, column: '身份证号码', message: expect.stringContaining('校验位') }]);
    expect((await system.list({ q: 'import' })).total).toBe(0);
    const database = await writtenOut(served.database.ownerDb);
    expect(database.find(people[0]?.phone ?? '')).toEqual([]);
  });

  test('keeps all from being taken as a whole, and the others are taken without it', async () => {
    expect(await accept('admin1', view.id, 'all')).toMatchObject({ code: 'FAULTY' });
    const before = await total();
    expect(await accept('admin1', view.id, 'good')).toMatchObject({ opened: 999, passwordsWaiting: true });
    expect(await total()).toBe(before + 999);
    const { rows } = await system.list({ q: people[998]?.userName ?? '' });
    expect(rows).toEqual([expect.objectContaining({ organisationId: 'yard-1', status: 'active' })]);
    const chain = await verifyChain(served.database.db, `governance.person:${rows[0]?.id}`);
    expect(chain).toEqual({ intact: true, entries: 1 });
  });

  test('taken once more, opens nobody twice', async () => {
    const before = await total();
    expect(await accept('admin1', view.id, 'good')).toMatchObject({ opened: 999 });
    expect(await total()).toBe(before);
  });

  test('gives the initial passwords to whoever imported until they say they have them, and each must be changed', async () => {
    expect((await post('yardadmin1', `${view.id}/passwords`)).statusCode).toBe(404);
    const reply = await post('admin1', `${view.id}/passwords`);
    const rows = await rowsOf(reply.rawPayload);
    expect(rows).toHaveLength(2 + 999);
    const [userName, , password] = rows[2]?.cells ?? [];
    expect((await signInWith(served, String(userName), String(password))).stage).toBe('change-password');
    // A download that broke is begun anew.
    expect(await rowsOf((await post('admin1', `${view.id}/passwords`)).rawPayload)).toEqual(rows);
    const sealed = await writtenOut(served.database.ownerDb);
    expect(sealed.find(String(password))).toEqual([]);
    expect((await post('yardadmin1', `${view.id}/passwords/forget`)).statusCode).toBe(404);
    const erased = await post('admin1', `${view.id}/passwords/forget`);
    expect(erased.json()).toMatchObject({ passwordsWaiting: false });
    expect((await post('admin1', `${view.id}/passwords`)).json().code).toBe('GONE');
    expect((await writtenOut(served.database.ownerDb)).find(String(password))).toEqual([]);
  });
});

test('R42: of people of the platform whoever imports is handed half a password, which serves when another has agreed', async () => {
  const [official, clerk] = [person(), person({ organisation: '91310115MADEMA0198' })];
  const view = await checked('admin1', [official, clerk]);
  await accept('admin1', view.id, 'all');
  const [, , first, second] = await rowsOf((await post('admin1', `${view.id}/passwords`)).rawPayload);
  expect([first?.cells[3], second?.cells[3]]).toEqual([expect.stringContaining('前半段'), '完整密码']);
  const [userName, half] = [String(first?.cells[0]), String(first?.cells[2])];
  expect((await signInWith(served, userName, half)).stage).toBe('WRONG');
  const { id = '' } = (await system.list({ q: userName })).rows[0] ?? {};
  expect((await signInWith(served, userName, `${half}-${await agreeTo(served, id)}`)).stage).toBe('change-password');
  expect((await signInWith(served, String(second?.cells[0]), String(second?.cells[2]))).stage).toBe('change-password');
});

test('R42: the same upload sent twice is looked through once', async () => {
  const [bytes, key] = [await bookOf([person()]), randomUUID()];
  const [first, second] = [await upload('admin1', bytes, key), await upload('admin1', bytes, key)];
  expect(second).toEqual(first);
});

test('R42: names and identity numbers that are in the database are told by line', async () => {
  const { person: there } = await enterPerson(system, null, { values: { identityNo: anIdentityNo(7_777) } });
  const view = await checked('admin1', [
    person({ userName: there.userName }),
    person({ identityNo: anIdentityNo(7_777) }),
  ]);
  expect(view).toMatchObject({ good: 0, faultCount: 2 });
  expect(view.faults.map(({ line, column }) => [line, column])).toEqual([
    [2, '用户名'],
    [3, '身份证号码'],
  ]);
  expect(await accept('admin1', view.id, 'good')).toMatchObject({ code: 'NOTHING' });
});

test('R42: when a name was taken in the meantime, nothing at all is imported', async () => {
  const rows = [person(), person(), person()];
  const view = await checked('admin1', rows);
  await enterPerson(system, null, { userName: rows[2]?.userName ?? '' });
  const before = await total();
  expect(await accept('admin1', view.id, 'all')).toMatchObject({ code: 'CHANGED' });
  expect(await total()).toBe(before);
});

test('R42: two who accept at the same moment open everybody once', async () => {
  const view = await checked('admin1', [person(), person()]);
  const before = await total();
  const said = await Promise.all([accept('admin1', view.id, 'all'), accept('admin1', view.id, 'all')]);
  expect(said.map(({ opened }) => opened)).toEqual([2, 2]);
  expect(await total()).toBe(before + 2);
});

describe('R42: an enterprise’s own import', () => {
  test('goes into the enterprise, with names of its own, and nowhere else', async () => {
    const mine = person();
    const view = await checked('yardadmin1', [
      mine,
      person({ organisation: '91310112MADEMA027P' }),
      person({ organisation: '没有的厂' }),
      person({ userName: 'clerk2@madema027' }),
    ]);
    expect(view.good).toBe(1);
    // An enterprise that is not one's own is answered like one that does not exist.
    expect(view.faults[0]?.message).toBe(view.faults[1]?.message);
    expect(view.faults.map(({ column }) => column)).toEqual(['单位', '单位', '用户名']);
    await accept('yardadmin1', view.id, 'good');
    const { rows } = await system.list({ q: mine.userName ?? '' });
    expect(rows).toEqual([
      expect.objectContaining({ organisationId: 'yard-1', userName: `${mine.userName}@madema019` }),
    ]);
  });

  test('is nobody else’s to read or accept', async () => {
    const view = await checked('yardadmin1', [person()]);
    expect((await accept('admin1', view.id, 'all')).code).toBe('NOT_FOUND');
    const read = await served.server.inject({ url: `${base}/${view.id}`, headers: { cookie: cookies.admin1 } });
    expect(read.statusCode).toBe(404);
  });
});

test('R42: of one identity number in several imports and an entry at the same moment, one account is opened', async () => {
  const identityNo = anIdentityNo(77_001);
  const organisation = '91310115MADEMA0198';
  const views = [];
  for (let n = 0; n < 3; n += 1) views.push(await checked('admin1', [person({ identityNo, organisation })]));
  await Promise.allSettled([
    ...views.map(({ id }) => accept('admin1', id, 'all')),
    enterPerson(system, 'yard-1', { values: { identityNo } }),
  ]);
  expect((await system.list({ q: identityNo })).total).toBe(1);
});

test('R42: what waits longer than a day is forgotten', async () => {
  const view = await checked('admin1', [person()]);
  await accept('admin1', view.id, 'all');
  await served.database.ownerDb
    .withTables<{ 'governance.person_import': { id: string; uploaded_at: Date } }>()
    .updateTable('governance.person_import')
    .set({ uploaded_at: new Date('2026-11-21T00:00:00Z') })
    .where('id', '=', view.id)
    .execute();
  expect((await post('admin1', `${view.id}/passwords`)).json().code).toBe('GONE');
});

test('R42, R43: halves of passwords that nobody comes back for are erased when their day is over, by itself', async () => {
  const { db } = served.database;
  const view = await checked('admin1', [person({ organisation: '' })]);
  await accept('admin1', view.id, 'all');
  const keptOf = (id: string) => findImport(db, 'demo-admin1', id);
  const keeperAt = async (hours: number, done: () => Promise<boolean>) => {
    const clock = clockAt(new Date(served.clock.now().getTime() + hours * 3_600_000).toISOString());
    const keeper = importKeeper({ db, clock, jobs: jobsOf({ clock, onFailure: () => expect.unreachable() }) }, 5);
    keeper.start();
    await expect.poll(done).toBe(true);
    await keeper.stop();
  };
  const other = await checked('admin1', [person({ organisation: '' })]);
  await db
    .withTables<{ 'governance.person_import': { id: string; uploaded_at: Date } }>()
    .updateTable('governance.person_import')
    .set({ uploaded_at: new Date('2026-11-01T00:00:00Z') })
    .where('id', '=', other.id)
    .execute();
  await keeperAt(23.9, async () => (await keptOf(other.id))?.people === null);
  expect((await keptOf(view.id))?.passwords).toEqual(expect.any(String));
  await keeperAt(24.1, async () => (await keptOf(view.id))?.passwords === null);
});

test.each([
  ['no workbook', async () => Buffer.from('用户名,姓名'), '不是 Excel 工作簿'],
  ['too many lines', () => bookOf(Array.from({ length: 5_001 }, () => ({ userName: 'x' }))), '行数超过'],
  [
    'other columns',
    () => bookOf([]).then(() => filledBook([{ name: 'other', title: '甲' }], [{ other: '乙' }])),
    '缺少列',
  ],
])('R42, T5.4: %s is refused with words', async (_what, make, words) => {
  const { status, body } = await upload('admin1', await make());
  expect([status, body.code]).toEqual([415, 'FILE_REFUSED']);
  expect(body.message).toContain(words);
});
