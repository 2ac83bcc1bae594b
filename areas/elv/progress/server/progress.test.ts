import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { holdOnly } from '#testkit/people.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import type { ProgressFigures } from '../model/progress.contract.ts';

// Real here: PostgreSQL, engine, web server, access list, statistics. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let done: ActingCase;
const cookies = new Map<string, string>();

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 400);
  done = await cases.at('closed');
  await cases.at('deskReview', { kind: 'D', clerk: 'clerk2' });
  await cases.at('entryReview', { clerk: 'clerk2' });
  await cases.at('dismantling', { clerk: 'clerk3' });
});
afterAll(() => it.close());

const cookieOf = async (userName: string): Promise<string> => {
  const known = cookies.get(userName);
  if (known) return known;
  const reply = await fetch(`${it.url}/api/governance/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'desk' },
    body: JSON.stringify({ userName, password: 'Demo-2026!' }),
  });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  cookies.set(userName, cookie);
  return cookie;
};

type Asked = Readonly<Record<string, string>>;
const usual = (): Asked => ({ from: '2026-11-01', to: shanghaiDay(it.clock.now()) });

const ask = async (userName: string | null, asked: Asked = usual()) => {
  const headers = userName === null ? {} : { cookie: await cookieOf(userName) };
  const reply = await fetch(`${it.url}/api/elv/progress?${new URLSearchParams(asked)}`, { headers });
  // biome-ignore lint/suspicious/noExplicitAny: figures or a refusal, told apart by the status.
  const json: any = await reply.json();
  return { status: reply.status, json };
};
const figures = async (userName: string, more: Asked = {}): Promise<ProgressFigures> => {
  const { status, json } = await ask(userName, { ...usual(), ...more });
  expect(status).toBe(200);
  return json;
};

const openOf = ({ queues }: ProgressFigures): number => queues.reduce((sum, { count }) => sum + count, 0);

test('R14, R44: nobody, and whoever holds no role for it, sees no figures', async () => {
  expect((await ask(null)).status).toBe(401);
  await holdOnly(it, 'demo-commission2', [{ permission: 'elv.vehicle-case:read', rows: 'all', personal: 'plain' }]);
  expect((await ask('commission2')).status).toBe(403);
});

test('R14: the commission sees all: what waits where, what was opened and closed, how long it took', async () => {
  const all = await figures('commission1');
  expect(all.queues.filter(({ count }) => count > 0).map(({ state, count }) => [state, count])).toEqual([
    ['deskReview', 1],
    ['entryReview', 1],
    ['dismantling', 1],
  ]);
  expect([all.opened, all.closed, all.endedOtherwise]).toEqual([4, 1, 0]);
  const view = await it.hands.view('commission1', done.id);
  const took = (Date.parse(view.stateSince) - Date.parse(view.openedAt)) / 1000;
  expect(all.whole.mean).toBe(took);
  for (const said of [all.whole.median, all.whole.ninth]) expect(Math.abs((said ?? 0) - took) / took).toBeLessThan(0.2);
  const counts = Object.fromEntries(all.stages.map(({ stage, durations: { count } }) => [stage, count]));
  expect(counts).toEqual({ 受理: 4, 审核: 3, 进场: 2, 拆解: 1, 出证: 1, 注销: 1 });
  expect(all.enterprises.map(({ id, open, opened, closed }) => [id, open, opened, closed])).toEqual([
    ['yard-2', 2, 2, 0],
    ['yard-3', 1, 1, 0],
    ['yard-1', 0, 1, 1],
  ]);
  expect(all.districts.map(({ title, open }) => [title, open])).toEqual([
    ['闵行区', 2],
    ['嘉定区', 1],
    ['浦东新区', 0],
  ]);
});

test('R14: the figures stay the same when they have been added up', async () => {
  const { asOf: _, ...before } = await figures('commission1');
  expect(await it.product.elv.statistics.addUp()).toBeGreaterThan(0);
  const { asOf: _after, ...after } = await figures('commission1');
  expect(after).toEqual(before);
});

test('R14, R44: an enterprise sees its own, an officer of a district the district’s', async () => {
  const own = await figures('clerk2');
  expect([own.enterprises.map(({ id }) => id), openOf(own), own.opened]).toEqual([['yard-2'], 2, 2]);
  // Asking for somebody else's within one's own is nothing.
  const others = await figures('clerk2', { enterpriseId: 'yard-3' });
  expect([others.enterprises, openOf(others), others.opened]).toEqual([[], 0, 0]);

  await holdOnly(it, 'demo-observer1', [
    { permission: 'elv.progress:read', rows: { districts: ['310114'] }, personal: 'masked' },
  ]);
  const district = await figures('observer1');
  expect([district.districts.map(({ id }) => id), openOf(district)]).toEqual([['310114'], 1]);
  expect(district.queues.filter(({ oldest }) => oldest !== null).map(({ state }) => state)).toEqual(['dismantling']);
  expect((await ask('observer1', { ...usual(), districtCode: '310112' })).json.opened).toBe(0);
});

test('R14: of another period nothing was done, but what waits waits', async () => {
  const earlier = await figures('commission1', { from: '2026-09-01', to: '2026-10-31' });
  expect([earlier.opened, earlier.closed, earlier.whole.median, openOf(earlier)]).toEqual([0, 0, null, 3]);
});

test('R14: a period that runs backwards, or of more than three years, is refused with a word', async () => {
  const refused = async (from: string, to: string): Promise<unknown> => {
    const { status, json } = await ask('commission1', { from, to });
    return [status, json.message];
  };
  expect(await refused('2026-11-02', '2026-11-01')).toEqual([400, '请求内容不符合要求：开始日期应不晚于结束日期']);
  expect(await refused('2020-01-01', '2026-11-01')).toEqual([400, '请求内容不符合要求：一次最多看三年']);
});

test('R14: a number leads to as many cases: by state, by overdue, by enterprise and by district', async () => {
  it.clock.advance(10 * 24 * 3_600_000);
  const all = await figures('commission1');
  const { cases: api } = await it.hands.as('commission1');
  const open = all.queues.map(({ state }) => state);
  for (const { state, count, overdue } of all.queues) {
    expect((await api.list({ state: [state] })).total).toBe(count);
    expect((await api.list({ state: [state], overdue: 'true' })).total).toBe(overdue);
  }
  expect(all.queues.reduce((sum, { overdue }) => sum + overdue, 0)).toBeGreaterThan(0);
  for (const { id, open: inHand, overdue } of all.enterprises) {
    expect((await api.list({ state: open, enterpriseId: id })).total).toBe(inHand);
    expect((await api.list({ state: open, enterpriseId: id, overdue: 'true' })).total).toBe(overdue);
  }
  for (const { id, open: inHand } of all.districts)
    expect((await api.list({ state: open, districtCode: id })).total).toBe(inHand);
});

test('R14: the page says when the numbers were compared with the steps', async () => {
  expect((await figures('commission1')).compared).toBeNull();
  await sql`update elv.case_tally set count = count + 1 where period = 'ever' and place = 'deskReview'`.execute(
    it.database.db,
  );
  await it.product.elv.statistics.recount();
  expect((await figures('commission1')).compared).toMatchObject({ differences: 1 });
  await it.product.elv.statistics.recount();
  expect((await figures('commission1')).compared).toMatchObject({ differences: 0 });
});
