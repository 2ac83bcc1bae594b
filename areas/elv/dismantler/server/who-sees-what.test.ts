import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { walkEntryTo } from '#apps/server/demo/registry-walk.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople, yardWalker } from '#testkit/registry-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated data lake over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: RegistryPeople;

beforeAll(async () => {
  it = await aProduct();
  people = registryPeople(it);
});
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
  for (const table of ['registry_file', 'registry_check', 'registry_entry'])
    await sql`delete from ${sql.table(`elv.${table}`)}`.execute(it.database.ownerDb);
});
afterAll(() => it.close());

const _reason = { reason: '与现场核对不符，请更正后再报' };
const _save = async (id: string, section: string, values: object, who = 'clerk1'): Promise<void> => {
  const seen = (await people.view(who, id)).sections.find((one) => one.id === section)?.values ?? {};
  await people.save(who, id, section, seen, values);
};
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'DONE';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};
const lineOf = async (who: string, id: string, path: string) =>
  (await people.view(who, id)).comparison.find((line) => line.path === path);

describe('who sees what', () => {
  test('R44: an enterprise sees its own entry and no other, by list, count, read, file, saving and step', async () => {
    const own = await anEntry(it, people, 1, 'firstReview');
    const other = await anEntry(it, people, 2, 'firstReview');
    const { entries, steps } = await people.as('clerk1');
    const { rows, total } = await entries.list({ size: 100 });
    expect([rows.map(({ id }) => id), total]).toEqual([[own], 1]);
    expect((await entries.summary({})).states.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    const key = randomUUID();
    expect(
      await Promise.all([
        codeOf(entries.get({ id: other })),
        codeOf(entries.pulse({ id: other })),
        codeOf(entries.recheck({ id: other })),
        codeOf(entries.saveSection({ id: other, section: 'basic', changes: {} })),
        codeOf(steps.submit({ id: other, version: 1, key })),
        codeOf(people.attach('clerk1', other, 'site', key, aJpeg())),
      ]),
    ).toEqual(Array(6).fill('NOT_FOUND'));
    expect(await codeOf(steps.passFirst({ id: own, version: 1, key }))).toBe('NOT_PERMITTED');
  });

  test('R44: the authority changes nothing of what an enterprise declares itself', async () => {
    const id = await anEntry(it, people, 1, 'drafting');
    const { entries } = await people.as('commission1');
    expect(await codeOf(entries.saveSection({ id, section: 'basic', changes: {} }))).toBe('NOT_FOUND');
    expect((await people.view('commission1', id)).abilities).toEqual([]);
  });

  test('R44, R55: people are masked for observers, revealed with a reason, found by the whole number, and nowhere plain in the database', async () => {
    const id = await anEntry(it, people, 1, 'registered');
    const basic = (await people.view('observer1', id)).sections[0]?.values;
    expect(basic).toMatchObject({ contactName: '周***', contactPhone: '138****1011', legalRepresentative: '钱一演示' });
    const { entries } = await people.as('observer1');
    const asked = { id, section: 'basic', field: 'contactPhone', reason: '核查举报线索' };
    expect(await entries.reveal(asked)).toEqual({ value: '13800001011' });
    expect(await codeOf(entries.reveal({ ...asked, field: 'nothing' }))).toBe('NOTHING');
    expect(await entries.list({ q: '13800001011' })).toMatchObject({ total: 1 });
    expect(await entries.list({ q: '1380000101' })).toMatchObject({ total: 0 });
    const written = await writtenOut(it.database.ownerDb);
    expect(written.rows).toBeGreaterThan(10);
    expect(written.find('13800001011')).toEqual([]);
    const line = await lineOf('observer1', id, 'basic.contactPhone');
    expect(line?.filed).toBe('138****1011');
  });

  test('R49: lists find by name, code, number and district, count exactly, and say what waits for whom', async () => {
    const [one, two] = [await anEntry(it, people, 1, 'firstReview'), await anEntry(it, people, 2, 'drafting')];
    const { entries } = await people.as('commission1');
    const found = async (filter: Parameters<typeof entries.list>[0]) =>
      (await entries.list(filter)).rows.map(({ id }) => id);
    expect(await found({ q: '闵行' })).toEqual([two]);
    expect(await found({ q: '91310115MADEMA0198' })).toEqual([one]);
    expect(await found({ district: '310115' })).toEqual([one]);
    expect(await found({ state: ['drafting'] })).toEqual([two]);
    expect(await found({ q: '100%_' })).toEqual([]);
    expect(await found({ mine: 'true' })).toEqual([one]);
    expect((await entries.summary({})).mine).toMatchObject([{ key: 'firstReview', title: '申报待初审', count: 1 }]);
    const own = await (await people.as('clerk2')).entries.summary({});
    expect(own).toMatchObject({ mine: [{ key: 'drafting', count: 1 }], undeclared: false, ownEntryId: two });
    expect((await (await people.as('clerk3')).entries.summary({})).undeclared).toBe(true);
    const { rows } = await entries.list({ sort: 'stateSince', size: 1, page: 2 });
    expect(rows).toHaveLength(1);
  });

  test('R42: what an organisation is called is said in one place: corrected there, every list and page has the new name at once', async () => {
    const id = await anEntry(it, people, 2, 'firstReview');
    await sql`update governance.organisation set name = '更名后的演示企业', district_code = '310101' where id = 'yard-2'`.execute(
      it.database.ownerDb,
    );
    const seen = await people.view('commission1', id);
    expect(seen.organisation).toMatchObject({ name: '更名后的演示企业', districtTitle: '黄浦区' });
    const { entries } = await people.as('commission1');
    expect(await entries.list({ q: '更名后', district: '310101' })).toMatchObject({ total: 1 });
    await it.settle();
    expect(await lineOf('commission1', id, 'organisation.name')).toMatchObject({ verdict: 'different' });
    await sql`update governance.organisation set name = '示例循环汽车拆解（闵行）有限公司（演示）', district_code = '310112' where id = 'yard-2'`.execute(
      it.database.ownerDb,
    );
  });
});

test('R49: an enterprise and the authority are warned before a qualification lapses, by the period that is set, and after it has', async () => {
  const id = await walkEntryTo(yardWalker(it, people, 2), 'registered');
  const validUntil = plusDays(shanghaiDay(it.clock.now()), 38);
  const seen = await people.view('clerk2', id);
  expect(seen.validity).toMatchObject({ validUntil, standing: 'lapsing', daysLeft: 38 });
  const mine = async (who: string) => (await (await people.as(who)).entries.summary({})).mine.map(({ key }) => key);
  expect([await mine('clerk2'), await mine('commission1')]).toEqual([['lapsing'], ['lapsing']]);
  const { entries } = await people.as('commission1');
  expect(await entries.list({ validity: 'lapsing' })).toMatchObject({ total: 1 });
  await sql`insert into kernel.setting values ('elv.period.dismantler-lapse', '10', now(), 'test')`.execute(
    it.database.ownerDb,
  );
  it.clock.advance(10_000);
  expect(await mine('clerk2')).toEqual([]);
  it.clock.advance(40 * 86_400_000);
  expect((await people.view('clerk2', id)).validity).toMatchObject({ standing: 'lapsed', daysLeft: -2 });
  expect([await mine('clerk2'), await mine('commission1')]).toEqual([['lapsed'], ['lapsed']]);
  expect(await entries.list({ validity: 'lapsed' })).toMatchObject({ total: 1 });
  await sql`delete from kernel.setting where key = 'elv.period.dismantler-lapse'`.execute(it.database.ownerDb);
  expect(await listSteps(it.database.db, 'elv.dismantler', id)).toHaveLength(3);
});
