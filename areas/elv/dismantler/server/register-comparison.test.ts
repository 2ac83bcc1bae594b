import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople } from '#testkit/registry-hands.ts';

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
