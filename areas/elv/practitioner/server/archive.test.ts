import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoSubject } from '#apps/server/demo/accounts.ts';
import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { filledBook } from '#testkit/filled-book.ts';
import {
  aCertificateOf,
  identityOf,
  type PractitionerPeople,
  practitionerPeople,
} from '#testkit/practitioner-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';
import type { ArchiveContent } from '../model/archive.ts';
import { practitionerColumns } from '../model/import-rows.ts';
import { type PractitionerImportView, practitionerImportContract } from '../model/practitioner-import.contract.ts';
import { readPractitioner } from './read-practitioner.ts';

// Real here: PostgreSQL, web server, sealing. Made up: the clock, which stands in November 2026 and then leaps over years.

vi.setConfig({ testTimeout: 180_000 });

let served: ServedProduct;
let people: PractitionerPeople;

beforeAll(async () => {
  served = await aServedProduct();
  people = practitionerPeople(served);
});
afterAll(() => served.close());

const leapTo = (instant: string): void => served.clock.advance(Date.parse(instant) - served.clock.now().getTime());
const write = () => served.product.elv.practitioners.writeArchives();

interface Kept {
  readonly year: number;
  readonly content: string;
  readonly sm3: string;
}
const archivesOf = async (id: string): Promise<readonly Kept[]> =>
  (
    await sql<Kept>`select a.year, a.content, a.sm3 from elv.practitioner_archive a join elv.practitioner p using (person_id)
      where p.id = ${id} order by a.year`.execute(served.database.db)
  ).rows;
const partsOf = (content: string) => (JSON.parse(content) as ArchiveContent).parts;

const importPeople = async (rows: readonly Readonly<Record<string, string>>[]): Promise<PractitionerImportView> => {
  const { cookie } = await people.as('clerk3');
  const bytes = await filledBook(practitionerColumns, rows);
  const { body } = await upload(served.server, cookie, `/api/elv/practitioner-imports?key=${randomUUID()}`, bytes);
  return body as PractitionerImportView;
};
const line = (n: number, more: Readonly<Record<string, string>> = {}) => ({
  'person.name': '赵演示',
  'person.identityNo': identityOf(n),
  'person.phone': '13800138000',
  'person.post': '拆解工',
  'person.since': '2024-05-01',
  ...more,
});

test('T2.10: one bad line in ten thousand is told by its cells, and the others are entered', async () => {
  const certificate = {
    'certificate.kind': '特种作业操作证',
    'certificate.number': 'T310101199003070011',
    'certificate.issuedOn': '2024-01-01',
    'certificate.validUntil': '2027-01-01',
    'certificate.issuer': '上海市应急管理局',
  };
  const rows = Array.from({ length: 9_999 }, (_, n) => line(10_000 + n, n % 2 === 0 ? certificate : {}));
  const bad = line(1, { 'person.identityNo': '310101199003070010', 'person.since': '2099-01-01' });
  const seen = await importPeople([...rows, bad]);
  expect(seen).toMatchObject({ total: 10_000, good: 9_999, entered: null });
  expect(seen.faults.map(({ line: at, column }) => [at, column])).toEqual([
    [10_001, '身份证号码'],
    [10_001, '到岗日期'],
  ]);
  const { cookie } = await people.as('clerk3');
  const imports = served.client(practitionerImportContract, cookie);
  await expect(imports.accept({ importId: seen.id, rows: 'all' })).rejects.toMatchObject({ code: 'FAULTY' });
  const [one, two] = [
    await imports.accept({ importId: seen.id, rows: 'good' }),
    await imports.accept({ importId: seen.id, rows: 'good' }),
  ];
  expect([one.entered, two.entered]).toEqual([9_999, 9_999]);
  const { total } = await (await people.as('clerk3')).people.list({});
  expect(total).toBe(9_999);
  const again = await importPeople([line(10_000), line(10_000), line(2)]);
  expect(again.faults.map(({ line: at, message }) => [at, message])).toEqual([
    [2, '这个人已在本企业登记在岗，请查找后修改'],
    [3, '与第 2 行重复'],
  ]);
});

test('T2.10: a certificate half filled in is told, one not filled in is not asked for', async () => {
  const seen = await importPeople([line(3), line(4, { 'certificate.kind': '特种作业操作证' })]);
  expect(seen.faults.map(({ column }) => column)).toEqual(['证书编号', '发证日期', '发证机关']);
});

test('T2.10: a year that has ended is archived once, as it stood when it ended, however late and however many people', async () => {
  const id = await people.enter('clerk1', 500);
  const { people: clerk } = await people.as('clerk1');
  const second = await people.enter('clerk2', 500);
  await clerk.addCertificate({ id, key: randomUUID(), values: aCertificateOf('2027-06-30') });
  await clerk.addCertificate({ id, key: randomUUID(), values: aCertificateOf('2026-11-30', { kind: 'other' }) });
  const training = { title: '危险废物管理', hours: 8, heldOn: '2026-09-01', result: 'passed' };
  await clerk.addTraining({ id, key: randomUUID(), values: training });
  await clerk.addTraining({ id, key: randomUUID(), values: { ...training, heldOn: '2025-09-01' } });
  const [kept, disputed, struck] = [
    await people.record('commission1', id, { kind: 'commendation' }),
    await people.record('commission1', id),
    await people.record('commission1', id),
  ];
  await people.step('clerk1', id, disputed, 'object', { reason: '当时已排空油液，有照片' });
  await people.step('commission2', id, struck, 'strike', { reason: '记录对象有误' });
  expect(await write()).toBe(0);

  // The last minute of the year in Shanghai, and the first of the next.
  leapTo('2026-12-31T15:59:00Z');
  expect(await write()).toBe(0);
  leapTo('2027-01-05T02:00:00Z');
  people = practitionerPeople(served);
  // What is told after the year's end belongs to the next one, though the job has not run yet.
  await people.step('commission2', id, disputed, 'strike', { reason: '异议成立，记录有误' });
  const after = await people.as('clerk1');
  const { version } = await after.people.changePost({
    id,
    version: (await after.people.get({ id })).version,
    post: 'safety',
    from: '2026-12-20',
  });
  await after.people.leave({ id, version, on: '2026-12-28' });
  await after.people.get({ id: await people.enter('clerk1', 501) });

  const began = performance.now();
  expect(await write()).toBe(10_000);
  const seconds = (performance.now() - began) / 1_000;
  expect(seconds).toBeLessThan(60);
  expect(await write()).toBe(0);

  const [archive, ...others] = await archivesOf(id);
  expect(others).toEqual([]);
  expect(archive?.year).toBe(2026);
  expect(sm3Hex(archive?.content ?? '')).toBe(archive?.sm3);
  expect(canonical(JSON.parse(archive?.content ?? ''))).toBe(archive?.content);
  expect(partsOf(archive?.content ?? '')).toEqual([
    {
      organisationId: 'yard-1',
      organisationName: expect.stringContaining('一厂'),
      since: '2025-03-01',
      leftOn: null,
      posts: [{ post: 'dismantler', from: '2025-03-01', until: null }],
      certificates: [{ kind: 'special-operation', validUntil: '2027-06-30' }],
      trainingHours: 8,
      good: ['commendation'],
      bad: [],
      disputed: 1,
    },
    expect.objectContaining({ organisationId: 'yard-2', trainingHours: 0, good: [] }),
  ]);
  expect(kept).not.toBe('');

  // Each enterprise sees its own part, the commission all of it.
  const shown = async (who: string, of: string) =>
    (await (await people.as(who)).people.get({ id: of })).archives.map(({ parts, intact }) => [parts.length, intact]);
  expect(await shown('clerk1', id)).toEqual([[1, true]]);
  expect(await shown('clerk2', second)).toEqual([[1, true]]);
  expect(await shown('commission1', id)).toEqual([[2, true]]);
});

test('T2.10: after an outage of two years each is written as its own, an altered archive is told, and old conduct is not shown', async () => {
  const id = await people.enter('clerk4', 600);
  leapTo('2029-03-01T02:00:00Z');
  expect(await write()).toBeGreaterThan(2_000);
  expect((await archivesOf(id)).map(({ year }) => year)).toEqual([2027, 2028]);
  await sql`update elv.practitioner_archive a set content = replace(content, '"trainingHours":0', '"trainingHours":90')
    where year = 2028 and person_id = (select person_id from elv.practitioner where id = ${id})`.execute(
    served.database.ownerDb,
  );
  // No password lasts so long; the page is read as its handler reads it.
  const { desk } = served.product.elv.practitioners;
  const read = () => readPractitioner(desk, { subject: demoSubject('clerk4'), now: served.clock.now() }, id);
  expect((await read()).archives.map(({ year, intact }) => [year, intact])).toEqual([
    [2028, false],
    [2027, true],
  ]);
  leapTo('2033-06-01T02:00:00Z');
  expect((await read()).archives.find(({ year }) => year === 2027)?.conductShown).toBe(false);
});
