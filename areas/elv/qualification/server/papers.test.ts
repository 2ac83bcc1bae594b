import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { applyFor, aQualification, examine, takeStep } from '#apps/server/demo/qualification-walk.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  forgetQualifications,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import { readPdf } from '#testkit/read-pdf.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated data lake over HTTP. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: QualificationPeople;

beforeAll(async () => {
  it = await aProduct();
  people = qualificationPeople(it);
});
afterAll(() => it.close());

/** Every test has the city to itself, and begins on a Monday morning; no holidays are told to this calendar. */
beforeEach(async () => {
  await forgetQualifications(it);
  it.clock.set('2026-11-23T02:00:00Z');
});

const walkerOf = (number: number) => qualificationWalker(it, people, number);
const pdf = async (who: string, path: string) => {
  const { cookie } = await people.as(who);
  const reply = await fetch(`${it.url}/api/elv/qualifications/${path}`, { headers: { cookie } });
  return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) };
};

test('R10, R11: certificate and papers say what was decided; a suspended one can be looked at, an ended one cannot', async () => {
  const walker = walkerOf(2);
  const id = await applyFor(walker);
  expect((await pdf('clerk2', `${id}/certificate.pdf`)).status).toBe(409);
  await examine(walker, id);
  await takeStep(walker, id, 'decider', 'grant');
  const { number, timeline } = await people.view('clerk2', id);
  const certificate = readPdf((await pdf('clerk2', `${id}/certificate.pdf`)).bytes).pages[0];
  for (const words of [number ?? '', '91310112MADEMA027P', '钱二演示', '40,000 辆', '含新能源汽车', '演示数据'])
    expect(certificate?.text).toContain(words);
  const visit = timeline.find(({ action }) => action === 'recordOnSite');
  const record = readPdf((await pdf('commission1', `${id}/documents/${visit?.seq}`)).bytes).pages[0];
  for (const words of ['资质现场评审记录', '危废间标识齐全', '符合条件']) expect(record?.text).toContain(words);
  expect((await pdf('commission1', `${id}/documents/1`)).status).toBe(404);
  expect((await pdf('commission1', `${id}/documents/99`)).status).toBe(404);
  await takeStep(walker, id, 'decider', 'suspend');
  const seq = (await people.view('commission1', id)).timeline.at(-1)?.seq;
  const decision = readPdf((await pdf('clerk2', `${id}/documents/${seq}`)).bytes).pages[0];
  for (const words of ['责令停业整顿决定书', '第十六条', '行政复议']) expect(decision?.text).toContain(words);
  expect((await pdf('clerk2', `${id}/certificate.pdf`)).status).toBe(200);
  await takeStep(walker, id, 'decider', 'annul');
  expect((await pdf('clerk2', `${id}/certificate.pdf`)).status).toBe(409);
});

test('R11: a paper printed again names whom it named, by the number they had then', async () => {
  const walker = walkerOf(2);
  const id = await applyFor(walker);
  await examine(walker, id);
  await takeStep(walker, id, 'decider', 'grant');
  const { number, timeline } = await people.view('clerk2', id);
  const seqOf = (action: string) => timeline.find((step) => step.action === action)?.seq;
  const textOf = async (action: string) =>
    readPdf((await pdf('clerk2', `${id}/documents/${seqOf(action)}`)).bytes).pages[0]?.text ?? '';
  const ofEnterprise = (name: string) =>
    sql`update governance.organisation set name = ${name} where credit_code = '91310112MADEMA027P'`.execute(
      it.database.db,
    );
  const { rows } = await sql<{ name: string }>`select name from governance.organisation
    where credit_code = '91310112MADEMA027P'`.execute(it.database.db);
  const name = rows[0]?.name ?? '';
  await ofEnterprise('改名之后（演示）有限公司');
  try {
    // Accepted before there was a number, granted with it.
    for (const action of ['accept', 'grant']) expect(await textOf(action)).not.toContain('改名之后');
    expect(await textOf('accept')).not.toContain(number);
    expect(await textOf('grant')).toContain(number);
  } finally {
    await ofEnterprise(name);
  }
});

test('R44: another enterprise reaches nothing of it, an enterprise decides nothing, and who looks on does nothing', async () => {
  const id = await aQualification(walkerOf(1));
  for (const path of [`${id}/certificate.pdf`, `${id}/documents/3`, id])
    expect((await pdf('clerk2', path)).status).toBe(404);
  expect((await pdf('desk1', id)).status).toBe(403);
  const step = async (who: string, action: 'suspend' | 'annul') => {
    const caller = await people.as(who);
    return caller.steps[action]({ id, version: 1, key: randomUUID(), input: {} });
  };
  await expect(step('clerk1', 'annul')).rejects.toMatchObject({ status: 403 });
  await expect(step('observer1', 'suspend')).rejects.toMatchObject({ status: 403 });
  expect((await people.view('observer1', id)).abilities).toEqual([]);
  expect((await people.view('clerk1', id)).abilities.map(({ action }) => action)).toEqual(['beginChange']);
});
