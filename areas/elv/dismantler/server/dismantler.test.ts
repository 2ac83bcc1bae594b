import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillEntry } from '#apps/server/demo/registry-walk.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople, yardWalker } from '#testkit/registry-hands.ts';
import { aJpeg, aPdf } from '#testkit/sample-files.ts';

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

const reason = { reason: '与现场核对不符，请更正后再报' };
const save = async (id: string, section: string, values: object, who = 'clerk1'): Promise<void> => {
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

describe('declaring', () => {
  test('R49: an enterprise has one entry, however often and by whomever of it the button is pressed at once', async () => {
    const ids = await Promise.all(['clerk1', 'clerk1b', 'clerk1', 'clerk1b'].map((who) => people.open(who)));
    expect(new Set(ids).size).toBe(1);
    expect(await (await people.as('clerk1')).entries.list({})).toMatchObject({ total: 1 });
  });

  test('R49: what is missing is told all at once, each with its place', async () => {
    const id = await people.open('clerk1');
    await save(id, 'qualification', { validUntil: '2020-01-01', issuedOn: '2021-01-01' });
    const submit = (await people.view('clerk1', id)).abilities.find(({ action }) => action === 'submit');
    const paths = submit?.missing.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'basic.legalRepresentative',
        'basic.contactPhone',
        'qualification.validUntil',
        'capacity.yearlyCapacity',
        'photo:business-licence',
        'photo:site',
      ]),
    );
    const words = submit?.missing.map(({ message }) => message);
    expect(words).toEqual(
      expect.arrayContaining(['有效期至应晚于发证日期', '有效期至 2020-01-01 已过，请核对或先办理延续']),
    );
    await expect(people.step('clerk1', id, 'submit')).rejects.toMatchObject({ code: 'REFUSED' });
  });

  test('R49: values that cannot be are refused where they are typed', async () => {
    const id = await people.open('clerk1');
    const wrong = people.save('clerk1', id, 'capacity', {}, { yearlyCapacity: true });
    await expect(wrong).rejects.toMatchObject({ code: 'BAD_VALUE' });
    await expect(people.save('clerk1', id, 'nowhere', {}, { x: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await save(id, 'basic', { contactPhone: '138000' });
    const basic = (await people.view('clerk1', id)).sections[0];
    expect(basic?.values.contactPhone).toBe('138000');
    expect(basic?.faults.map(({ field }) => field)).toContain('contactPhone');
  });

  test('R49: two people of the enterprise who change the same field learn of one another, and nothing is lost', async () => {
    const id = await people.open('clerk1');
    await people.save('clerk1', id, 'basic', {}, { contactName: '周一演示' });
    const other = people.save('clerk1b', id, 'basic', {}, { contactName: '周二演示', contactPhone: '13800001012' });
    await expect(other).rejects.toMatchObject({
      code: 'CONFLICT',
      detail: { current: { contactName: '周一演示' }, by: { contactName: '周一演示' } },
    });
  });

  test('R49: people of no enterprise, and of another kind, are told why they cannot declare', async () => {
    expect(await codeOf(people.open('commission1'))).toBe('NOT_PERMITTED');
    await sql`update governance.organisation set kind = 'other' where id = 'yard-5'`.execute(it.database.ownerDb);
    expect(await codeOf(people.open('clerk5'))).toBe('WRONG_KIND');
    await sql`update governance.organisation set kind = 'dismantler' where id = 'yard-5'`.execute(it.database.ownerDb);
  });
});

describe('attachments', () => {
  test('R49: the same upload sent again, and at the same moment, is kept once; what stands in a single place is replaced', async () => {
    const id = await people.open('clerk1');
    const key = randomUUID();
    const sent = await Promise.all([1, 2, 3].map(() => people.attach('clerk1', id, 'business-licence', key, aJpeg())));
    expect(new Set(sent).size).toBe(1);
    const other = await people.attach('clerk1', id, 'business-licence', randomUUID(), aPdf());
    await people.attach('clerk1', id, 'site', randomUUID(), aJpeg());
    await people.attach('clerk1', id, 'site', randomUUID(), aJpeg(50, 40));
    const { files } = await people.view('clerk1', id);
    expect(files.map(({ part, mediaType }) => `${part} ${mediaType}`).sort()).toEqual([
      'business-licence application/pdf',
      'site image/jpeg',
      'site image/jpeg',
    ]);
    expect(files.some(({ id: fileId }) => fileId === other)).toBe(true);
  });

  test('R49: what is no picture, has no place, or comes while a review is under way is refused with words', async () => {
    const id = await people.open('clerk1');
    const at = (part: string, bytes: Uint8Array) => codeOf(people.attach('clerk1', id, part, randomUUID(), bytes));
    expect(await at('site', Buffer.from('not a picture at all'))).toBe('FILE_REFUSED');
    expect(await at('nowhere', aJpeg())).toBe('UNKNOWN_PART');
    await fillEntry(yardWalker(it, people, 1), id);
    await people.step('clerk1', id, 'submit');
    expect(await at('site', aJpeg())).toBe('NOT_EDITABLE');
  });

  test('R49: where the connection dies while an attachment is being kept, its bytes stay: nobody knows that no row speaks of them', async () => {
    const id = await people.open('clerk1');
    const { ownerDb } = it.database;
    await sql`create function elv.die() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$`.execute(ownerDb);
    await sql`create constraint trigger dies after insert on elv.registry_file deferrable initially deferred
      for each row execute function elv.die()`.execute(ownerDb);
    const removed = vi.spyOn(it.product.elv.desk.files, 'delete');
    await expect(people.attach('clerk1', id, 'site', randomUUID(), aJpeg())).rejects.toMatchObject({ status: 503 });
    await sql`drop trigger dies on elv.registry_file`.execute(ownerDb);
    await sql`drop function elv.die()`.execute(ownerDb);
    expect(removed).not.toHaveBeenCalled();
    removed.mockRestore();
  });

  test('R44: what may show a person is looked at only by who sees people plain, and every look is told', async () => {
    const id = await people.open('clerk1');
    const open = await people.attach('clerk1', id, 'site', randomUUID(), aJpeg());
    const personal = await people.attach('clerk1', id, 'other', randomUUID(), aJpeg());
    const look = async (who: string, fileId: string): Promise<number> => {
      const { cookie } = await people.as(who);
      return (await fetch(`${it.url}/api/elv/dismantlers/${id}/files/${fileId}/content`, { headers: { cookie } }))
        .status;
    };
    expect([await look('clerk1', open), await look('clerk1', personal)]).toEqual([200, 200]);
    expect([await look('observer1', open), await look('observer1', personal)]).toEqual([200, 403]);
    expect(await look('clerk2', open)).toBe(404);
    const { files } = await people.view('observer1', id);
    expect(files.map(({ part, viewable }) => [part, viewable])).toEqual([
      ['site', true],
      ['other', false],
    ]);
  });
});

describe('returned, changed, abandoned', () => {
  test('R49: a returned declaration says why, is corrected and compared anew; its history tells what was changed', async () => {
    const id = await anEntry(it, people, 1, 'firstReview');
    await it.settle();
    await people.step('commission1', id, 'returnFirst', reason);
    const back = await people.view('clerk1', id);
    expect(back).toMatchObject({ state: 'drafting', round: 2, returnReason: reason.reason });
    await save(id, 'capacity', { yearlyCapacity: 61_000 });
    await people.step('clerk1', id, 'submit');
    const again = await people.view('commission1', id);
    expect(again).toMatchObject({ returnReason: null, register: { status: 'waiting' } });
    const [, , last] = again.timeline;
    expect(last?.changes).toEqual([{ title: '年回收能力', before: '60,000 辆', after: '61,000 辆' }]);
    expect(again.timeline.map(({ verified }) => verified)).toEqual([true, true, true]);
  });

  test('R49: while a change is under way the registry keeps what was approved; the reviewer sees both with the differing letters', async () => {
    const id = await anEntry(it, people, 1, 'registered');
    const before = await people.view('clerk1', id);
    await people.step('clerk1', id, 'beginChange');
    await save(id, 'qualification', { certificateNo: 'SIM-310009' });
    await people.attach('clerk1', id, 'business-licence', randomUUID(), aPdf());
    await people.step('clerk1', id, 'submit');
    await it.settle();
    const seen = await people.view('commission1', id);
    expect(seen).toMatchObject({ number: 'SIM-310001', standing: before.standing });
    expect(await lineOf('commission1', id, 'qualification.certificateNo')).toMatchObject({
      filed: 'SIM-310009',
      standing: 'SIM-310001',
      changed: true,
      filedMarks: [[9, 10]],
      standingMarks: [[9, 10]],
    });
    expect(seen.comparison.filter(({ changed }) => changed).length).toBe(1);
    expect(seen.files.filter(({ fresh }) => fresh).map(({ part }) => part)).toEqual(['business-licence']);
    const list = await (await people.as('observer1')).entries.list({ q: 'SIM-310001' });
    expect(list).toMatchObject({ total: 1, rows: [{ inRegistry: true, number: 'SIM-310001', stateTitle: '待初审' }] });
    await people.step('commission1', id, 'passFirst');
    await people.step('commission2', id, 'passSecond');
    const after = await people.view('clerk1', id);
    expect(after).toMatchObject({ state: 'registered', number: 'SIM-310009', standing: before.standing });
    expect(after.files.some(({ fresh }) => fresh)).toBe(false);
  });

  test.each([
    ['abandoned by the enterprise', 'abandonChange'],
    ['refused by the reviewer', 'refuseFirst'],
  ] as const)('R49: a change %s leaves values and attachments as they stood', async (_, action) => {
    const id = await anEntry(it, people, 1, 'registered');
    const before = await people.view('clerk1', id);
    await people.step('clerk1', id, 'beginChange');
    await save(id, 'basic', { registeredAddress: '上海市浦东新区演示路100号', contactPhone: '13800009999' });
    await people.attach('clerk1', id, 'business-licence', randomUUID(), aPdf());
    await people.attach('clerk1', id, 'site', randomUUID(), aJpeg(60, 60));
    if (action === 'refuseFirst') {
      await people.step('clerk1', id, 'submit');
      await people.step('commission1', id, 'refuseFirst', reason);
    } else await people.step('clerk1', id, action);
    const after = await people.view('clerk1', id);
    expect(after.state).toBe('registered');
    expect(after.sections.map(({ values }) => values)).toEqual(before.sections.map(({ values }) => values));
    expect(after.files).toEqual(before.files.map((file) => ({ ...file, removable: false })));
    expect(after.returnReason).toBe(action === 'refuseFirst' ? reason.reason : null);
  });

  test('R49: an enterprise that was removed is in no list of the registry, keeps its history and may declare again', async () => {
    const id = await anEntry(it, people, 1, 'removed');
    const { entries } = await people.as('observer1');
    expect(await entries.list({ inRegistry: 'true' })).toMatchObject({ total: 0 });
    expect((await people.view('observer1', id)).timeline.map(({ action }) => action)).toEqual([
      'submit',
      'passFirst',
      'passSecond',
      'remove',
    ]);
    await people.step('clerk1', id, 'declareAgain');
    expect(await people.open('clerk1')).toBe(id);
  });
});
