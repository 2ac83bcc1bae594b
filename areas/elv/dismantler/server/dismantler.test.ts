import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillEntry, walkEntryTo } from '#apps/server/demo/registry-walk.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
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

describe('the company register', () => {
  test('R49: every submission is compared; until an answer is there nobody may pass it, and it is shown as waiting', async () => {
    const id = await anEntry(it, people, 1, 'firstReview');
    const waiting = await people.view('commission1', id);
    expect(waiting.register).toMatchObject({ status: 'waiting', verdict: null, text: '核验中，尚未得到应答' });
    const pass = waiting.abilities.find(({ action }) => action === 'passFirst');
    expect(pass?.missing).toEqual([{ path: 'check:register', message: '法人信息核验中，得到应答后才能审核通过' }]);
    await expect(people.step('commission1', id, 'passFirst')).rejects.toMatchObject({ code: 'REFUSED' });
    // Sending back needs no answer.
    expect(pass && waiting.abilities.find(({ action }) => action === 'returnFirst')?.ready).toBe(true);
    await it.settle();
    const answered = await people.view('commission1', id);
    expect(answered.register).toMatchObject({ status: 'answered', verdict: 'pass' });
    expect(
      answered.comparison.filter(({ verdict }) => verdict !== 'not-compared').map(({ verdict }) => verdict),
    ).toEqual(['equal', 'equal', 'equal', 'equal']);
    expect(await people.step('commission1', id, 'passFirst')).toBe('secondReview');
  });

  test('R49: what differs is lit letter by letter, and the reviewer decides', async () => {
    const id = await anEntry(it, people, 3, 'firstReview');
    await it.settle();
    const seen = await people.view('commission1', id);
    expect(seen.register).toMatchObject({ verdict: 'manual', text: expect.stringContaining('2 项与申报不一致') });
    expect(await lineOf('commission1', id, 'basic.registeredAddress')).toMatchObject({
      filed: '上海市嘉定区演示路3号',
      register: '上海市嘉定区新址演示路33号',
      verdict: 'different',
      filedMarks: [],
      registerMarks: [
        [6, 8],
        [12, 13],
      ],
    });
    expect(await people.step('commission1', id, 'passFirst', { reason: '已核对迁址文件' })).toBe('secondReview');
  });

  test('R49: an enterprise out of business is kept out; the register is asked again by a person or a new submission', async () => {
    const person = {
      uscc: '91310115MADEMA0198',
      name: '沪示例报废车回收拆解一厂有限公司（演示）',
      legalRep: '钱一演示',
    };
    const more = { registeredAddr: '上海市浦东新区演示路1号', scope: '', establishedOn: '2009-03-18' };
    const told = (status: string) =>
      it.outside.desk('POST', '/legal-persons', { persons: [{ ...person, ...more, status }] });
    await told('吊销');
    const id = await anEntry(it, people, 1, 'firstReview');
    await it.settle();
    expect((await people.view('commission1', id)).register).toMatchObject({ verdict: 'block', askable: true });
    await expect(people.step('commission1', id, 'passFirst')).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('吊销') }],
    });
    await told('存续');
    const { entries } = await people.as('commission1');
    const asked = await Promise.all([1, 2].map(() => codeOf(entries.recheck({ id }))));
    expect(asked.sort()).toEqual(['DONE', 'WAITING']);
    await it.settle();
    expect(await people.step('commission1', id, 'passFirst')).toBe('secondReview');
  });

  test('R49: a code the register does not know is for a person to judge', async () => {
    await it.outside.script({
      system: 'data-lake',
      exchange: 'get-legal-person',
      times: 1,
      fault: { kind: 'refuse', code: '4040', message: '无此主体' },
    });
    const id = await anEntry(it, people, 1, 'firstReview');
    await it.settle();
    const { register } = await people.view('commission1', id);
    expect(register).toMatchObject({
      status: 'answered',
      verdict: 'manual',
      text: expect.stringContaining('没有这个'),
    });
    expect(await people.step('commission1', id, 'passFirst')).toBe('secondReview');
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
