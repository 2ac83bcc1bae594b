import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '#kernel/db/database.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { captchasOver } from '#practices/captcha/server/captcha.ts';
import { ticketsOver } from '#practices/captcha/server/tickets.ts';
import { type ActingCase, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { caseOfPlate, findTrail } from '../../vehicle-case/server/case-trail.store.ts';
import { usualQueryRules } from '../model/public-query.contract.ts';
import { publicQueryTicket } from './public-query.ts';

// Real here: PostgreSQL, engine, web server, pictures and their tickets. Made up: the clock, and the word on the pictures.
vi.setConfig({ testTimeout: 120_000 });

const word = 'WXYZ';
let it: TestProduct;
let known: ActingCase;
let addresses = 0;

beforeAll(async () => {
  it = await aProduct();
  known = await caseFactory(it, 900).at('certified');
});
// Nobody's limit is anybody else's.
beforeEach(() => {
  it.clock.advance(3_600_000);
});
afterAll(() => it.close());

const nextAddress = (): string => {
  addresses += 1;
  return `10.2.${addresses >> 8}.${addresses & 255}`;
};
const plateOf = ({ walker }: ActingCase): string => walker.vehicle.papers.plateNo;
const tailOf = ({ walker }: ActingCase): string => walker.vehicle.papers.vin.slice(-6);

const pictureFor = async (ip: string, kind = publicQueryTicket, about = ''): Promise<string> =>
  (
    await captchasOver(ticketsOver(it.product.crypto, 'elv'), kind, () => word).offer({
      about,
      ip,
      now: it.clock.now(),
    })
  ).ticket;

interface Said {
  readonly plateNo: string;
  readonly vinTail: string;
  readonly ip?: string;
  readonly text?: string;
  readonly ticket?: string;
}

const ask = async ({ plateNo, vinTail, ip = nextAddress(), text = word, ticket }: Said) => {
  const captcha = { ticket: ticket ?? (await pictureFor(ip)), text };
  const reply = await fetch(`${it.url}/api/elv/public-progress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify({ plateNo, vinTail, captcha }),
  });
  const body = await reply.text();
  return { status: reply.status, body, headers: [...reply.headers.keys()].sort(), json: JSON.parse(body) };
};
const askKnown = (more: Partial<Said> = {}) => ask({ plateNo: plateOf(known), vinTail: tailOf(known), ...more });

describe('R14: what the public is told', () => {
  test('the stages with their days, as the case’s page has them, and what the present one means', async () => {
    const { status, json } = await askKnown();
    expect(status).toBe(200);
    const { stages } = await it.hands.view('commission1', known.id);
    expect(json.progress.stages.map(({ status: one, on }: { status: string; on: string | null }) => [one, on])).toEqual(
      stages.map(({ status: one, reachedAt }) => [one, reachedAt && shanghaiDay(new Date(reachedAt))]),
    );
    expect(json.progress.stages.map(({ title }: { title: string }) => title)).toEqual([
      '申请受理',
      '审核',
      '交车回收',
      '拆解',
      '出具回收证明',
      '注销登记',
      '办结',
    ]);
    expect(json.progress.note).toContain('注销');
  });

  test('the plate is read as people write it, and the VIN in small letters', async () => {
    const [plateNo, vinTail] = [plateOf(known), tailOf(known)];
    const written = `${plateNo.slice(0, 2).toLowerCase()}·${plateNo.slice(2)}`;
    expect((await ask({ plateNo: ` ${written} `, vinTail: vinTail.toLowerCase() })).json.progress).not.toBeNull();
  });

  test('nobody’s name, number or enterprise, neither the case’s own number', async () => {
    const { body } = await askKnown();
    const view = await it.hands.view('commission1', known.id);
    const { owner, agent, papers } = Object.fromEntries(view.sections.map(({ id, values }) => [id, values]));
    const personal = [owner, agent]
      .flatMap((one) => Object.values(one ?? {}))
      .filter((one) => String(one).length > 1 && typeof one === 'string' && one !== 'person');
    expect(personal.length).toBeGreaterThan(3);
    const others = [
      view.caseNo,
      view.id,
      view.enterpriseName,
      String(papers?.vin),
      ...view.timeline.map(({ actorName }) => actorName),
    ];
    for (const secret of [...personal, ...others]) expect(body).not.toContain(String(secret));
  });

  test('a case that was refused shows where it ended, one thrown away was none', async () => {
    const factory = caseFactory(it, 930);
    const ended = await factory.at('deskReview', { kind: 'D' });
    await factory.take(ended, 'refuse');
    const { json } = await ask({ plateNo: plateOf(ended), vinTail: tailOf(ended) });
    const told = json.progress.stages.map(({ title, status }: { title: string; status: string }) => [title, status]);
    expect(told).toEqual([
      ['申请受理', 'done'],
      ['审核', 'done'],
      ['已终止', 'ended'],
    ]);

    const draft = await factory.at('intake');
    await factory.prepare(draft, 'submit');
    expect((await ask({ plateNo: plateOf(draft), vinTail: tailOf(draft) })).json.progress.stages[0]).toMatchObject({
      status: 'current',
    });
    await factory.take(draft, 'discard');
    expect((await ask({ plateNo: plateOf(draft), vinTail: tailOf(draft) })).json).toEqual({ progress: null });
  });
});

describe('R14: there is none, and it is not yours, are one answer', () => {
  test('byte by byte, headers included', async () => {
    const none = await ask({ plateNo: '沪A00001', vinTail: '123456' });
    const notYours = await askKnown({ vinTail: '000000' });
    const otherPlate = await askKnown({ plateNo: '沪A00002' });
    expect(none.body).toBe('{"progress":null}');
    for (const one of [notYours, otherPlate]) {
      expect([one.status, one.body, one.headers]).toEqual([none.status, none.body, none.headers]);
    }
    expect((await askKnown()).headers).toEqual(none.headers);
  });

  test('the database is asked the same, in the same order, whether or not there is one', async () => {
    const statements: string[] = [];
    const { db, close } = openDatabase({ url: it.database.url, poolSize: 1, onQuery: (text) => statements.push(text) });
    const askedFor = async (plateNo: string, vinTail: string): Promise<readonly string[]> => {
      statements.length = 0;
      await findTrail(db, plateNo, vinTail);
      return [...statements];
    };
    const found = await askedFor(plateOf(known), tailOf(known));
    expect(found).toHaveLength(2);
    expect(await askedFor(plateOf(known), '000000')).toEqual(found);
    expect(await askedFor('沪A00001', tailOf(known))).toEqual(found);
    await close();
  });

  test('a wildcard is no character of a VIN', async () => {
    const { status, json } = await askKnown({ vinTail: '%%%%%%' });
    expect([status, json.code]).toEqual([400, 'MALFORMED']);
    expect(json.message).toContain('车辆识别代号只含字母和数字');
  });

  test('the plate’s index serves it', async () => {
    const { db } = it.database;
    const { sql: text, parameters } = caseOfPlate(db, '沪A00001', '123456').compile();
    const plan = await db.transaction().execute(async (tx) => {
      // A table of a few rows is read whole unless that is made dear.
      await sql`set local enable_seqscan = off`.execute(tx);
      const literal = parameters.reduce<string>(
        (done, one, at) =>
          done.replaceAll(new RegExp(`\\$${at + 1}(?!\\d)`, 'g'), typeof one === 'number' ? String(one) : `'${one}'`),
        text,
      );
      return sql.raw<{ 'QUERY PLAN': string }>(`explain ${literal}`).execute(tx);
    });
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/vehicle_case_plate/);
  });
});

describe('R14: asking is bounded', () => {
  test('a picture must be read, serves once, and belongs to its door and its address', async () => {
    const ip = nextAddress();
    const refused = async (said: Partial<Said>): Promise<unknown> => {
      const { status, json } = await askKnown({ ip, ...said });
      return [status, json.code];
    };
    const ticket = await pictureFor(ip);
    expect(await refused({ text: 'NOPE' })).toEqual([403, 'CAPTCHA']);
    expect((await askKnown({ ip, ticket, text: ` ${word.toLowerCase()} ` })).status).toBe(200);
    expect(await refused({ ticket })).toEqual([403, 'CAPTCHA']);
    expect(await refused({ ticket: await pictureFor(nextAddress()) })).toEqual([403, 'CAPTCHA']);
    expect(await refused({ ticket: await pictureFor(ip, 'captcha') })).toEqual([403, 'CAPTCHA']);
    expect(await refused({ ticket: 'made-up' })).toEqual([403, 'CAPTCHA']);
    const late = await pictureFor(ip);
    it.clock.advance(5 * 60_000);
    expect(await refused({ ticket: late })).toEqual([403, 'CAPTCHA']);
  });

  test('one address asks so often an hour and no more, whatever it asks, and again in the next', async () => {
    const ip = nextAddress();
    const codes: number[] = [];
    for (let turn = 0; turn < usualQueryRules.perAddress; turn += 1) {
      codes.push((await ask({ ip, plateNo: `沪A${String(20_000 + turn)}`, vinTail: '123456' })).status);
    }
    expect(new Set(codes)).toEqual(new Set([200]));
    const [none, mine] = [await ask({ ip, plateNo: '沪A30000', vinTail: '123456' }), await askKnown({ ip })];
    expect([none.status, none.json.message]).toEqual([429, mine.json.message]);
    expect(mine.json.message).toBe('查询次数过多，请一小时后再查，或向受理的回收企业询问');
    expect((await askKnown()).status).toBe(200);
    it.clock.advance(3_600_000);
    expect((await askKnown({ ip })).status).toBe(200);
  });

  test('whoever holds a network of IPv6 addresses is one address', async () => {
    const codes: number[] = [];
    for (let turn = 0; turn <= usualQueryRules.perAddress; turn += 1) {
      const ip = `2001:db8:7:1::${(turn + 1).toString(16)}`;
      codes.push((await ask({ ip, plateNo: `沪A${String(40_000 + turn)}`, vinTail: '123456' })).status);
    }
    expect(codes).toEqual([...Array(usualQueryRules.perAddress).fill(200), 429]);
    expect((await askKnown({ ip: '2001:db8:7:2::1' })).status).toBe(200);
  });

  test('guessing at one plate from ever other addresses comes to an end, whether or not the plate has a case', async () => {
    for (const plateNo of [plateOf(known), '沪A00003']) {
      const codes: number[] = [];
      for (let guess = 0; guess < usualQueryRules.perPlate + 3; guess += 1)
        codes.push((await ask({ plateNo, vinTail: String(100_000 + guess) })).status);
      expect(codes).toEqual([...Array(usualQueryRules.perPlate).fill(200), 429, 429, 429]);
    }
    // Even the right one, now.
    expect((await askKnown()).status).toBe(429);
  });

  test('many at once are counted one by one', async () => {
    const asked = await Promise.all(
      Array.from({ length: usualQueryRules.perPlate * 2 }, () => ask({ plateNo: '沪A00004', vinTail: '123456' })),
    );
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(usualQueryRules.perPlate);
  });

  test('who cannot read the picture does not use up a plate', async () => {
    for (let turn = 0; turn < usualQueryRules.perPlate + 2; turn += 1)
      expect((await askKnown({ text: 'NOPE' })).status).toBe(403);
    expect((await askKnown()).status).toBe(200);
  });

  test('what is counted tells neither plates nor addresses, and is forgotten after a day', async () => {
    await askKnown({ ip: '10.7.7.7' });
    const { db } = it.database;
    const kept = async () => (await sql<{ key: string }>`select * from elv.public_query`.execute(db)).rows;
    expect((await kept()).length).toBeGreaterThan(1);
    for (const { key } of await kept()) expect(key).toMatch(/^[0-9a-f]{64}$/);
    it.clock.advance(26 * 3_600_000);
    await askKnown();
    expect(await kept()).toHaveLength(2);
  });

  test('as many characters of the VIN as the setting says', async () => {
    for (const vinTail of ['12345', '1234567']) {
      const { status, json } = await askKnown({ vinTail });
      expect([status, json.message]).toEqual([422, '请填写车辆识别代号的后 6 位']);
    }
    const offered = await fetch(`${it.url}/api/elv/public-progress/captcha`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await offered.json()).toMatchObject({ vinDigits: 6, picture: expect.stringContaining('<svg') });
  });
});

test('R14, R45: the log knows that somebody asked and what came of it, not about which vehicle', async () => {
  await askKnown();
  await ask({ plateNo: '沪A00005', vinTail: '123456' });
  await askKnown({ text: 'NOPE' });
  const { rows } = await sql<{ actor_id: string; object_id: string | null; detail: string }>`
    select actor_id, object_id, detail from kernel.audit_entry where action = 'elv.public-progress.find' order by at desc, seq desc limit 3`.execute(
    it.database.db,
  );
  expect(rows.map(({ detail }) => JSON.parse(detail))).toEqual(
    expect.arrayContaining([{ answer: 'told' }, { answer: 'nothing' }, { answer: 'misread' }]),
  );
  for (const row of rows) expect(row).toMatchObject({ actor_id: 'nobody', object_id: null });
  // Nor does the server's own log.
  expect(it.logged.filter((line) => line.includes(plateOf(known)))).toEqual([]);
});
