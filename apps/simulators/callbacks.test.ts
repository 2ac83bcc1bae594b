import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Link, type LinkKeys, ourAppId } from '#kernel/connector/link.ts';
import { isTimely, signedText, timestampOf } from '#kernel/connector/signed-text.ts';
import { linkTo, newLinkKeys, startSimulators, type TestSimulators } from '#testkit/simulators.ts';

// Real here: HTTP both ways and both sides' signatures. The supervision system is a listener that answers as told.

type Answering = 'taken' | 'outdated' | 'conflict' | 'refused' | 'unsigned' | 'stranger' | 'broken' | 'silent';

interface Told {
  readonly key: string;
  readonly body: string;
  readonly genuine: boolean;
}

const codes: Partial<Record<Answering, string>> = { taken: '0', outdated: '4221', conflict: '4091', refused: '4220' };

let keys: LinkKeys;
let link: Link;
let listener: Server;
let url: string;
let told: Told[] = [];
/** How the listener answers, in order; the last one stays. */
let answering: Answering[] = [];
let there: TestSimulators | undefined;

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

beforeAll(async () => {
  keys = await newLinkKeys();
  link = linkTo(keys, 'police');
  listener = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const [nonce, timestamp] = [header(request, 'x-nonce'), header(request, 'x-timestamp')];
    const target = { method: 'POST', url: request.url ?? '', nonce };
    const genuine =
      request.url === '/base/ext/police/supervised-decision' &&
      header(request, 'x-app-id') === 'sim-police' &&
      isTimely(timestamp, new Date()) &&
      (await link.verify(signedText({ ...target, timestamp, body }), header(request, 'x-signature')));
    told.push({ key: decodeURIComponent(header(request, 'x-idempotency-key')), body: body.toString(), genuine });
    const how = (answering.length > 1 ? answering.shift() : answering[0]) ?? 'taken';
    if (how === 'silent') return request.socket.destroy();
    const text = how === 'broken' ? 'null' : JSON.stringify({ code: codes[how] ?? '0', message: '' });
    const now = timestampOf(new Date());
    const signature = await link.sign(signedText({ ...target, timestamp: now, body: Buffer.from(text) }));
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-app-id': how === 'stranger' ? 'somebody' : ourAppId,
      'x-timestamp': now,
      'x-nonce': nonce,
      'x-signature': how === 'unsigned' ? '' : signature,
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  // A server listening on a port has an AddressInfo for an address.
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/base/`;
});
afterAll(() => listener.close());

beforeEach(() => {
  told = [];
  answering = ['taken'];
});
afterEach(async () => {
  await there?.close();
  there = undefined;
});

const start = async (options: Parameters<typeof startSimulators>[0] = {}): Promise<TestSimulators> => {
  there = await startSimulators({ keys, callbackUrl: url, ...options });
  return there;
};

const submission = (round: number, vin = 'LTESTA005A0000034') => ({
  caseNo: 'SC1',
  round,
  vin,
  plateNo: '沪D20034',
  photos: [{ kind: 'frame', sm3: 'a'.repeat(64), ref: 'file://1' }],
  videoRefs: [],
  dismantledOn: '2026-01-05',
  roofLiftedAt: '2026-01-05T09:00:00+08:00',
  assembliesDismantledAt: '2026-01-05T10:00:00+08:00',
});
const submit = (to: TestSimulators, round = 1, vin?: string) =>
  to.ask('police', 'submit-supervised-dismantling', `SC1-${round}`, submission(round, vin));

const callback = { system: 'police', exchange: 'supervised-decision', times: 1 } as const;
const toldTimes = (times: number) =>
  vi.waitFor(() => expect(told).toHaveLength(times), { timeout: 5000, interval: 20 });
const stillTold = async (times: number, ms = 600) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  expect(told).toHaveLength(times);
};
const decisions = () => told.map(({ body }) => z.object({ decision: z.string() }).parse(JSON.parse(body)).decision);
const outcomes = async (to: TestSimulators) =>
  z
    .object({ journal: z.array(z.object({ direction: z.string(), outcome: z.string() })) })
    .parse(await to.desk('GET', '/state'))
    .journal.filter(({ direction }) => direction === 'out')
    .map(({ outcome }) => outcome);

describe('a decision is told', () => {
  test('R04, R60: once, signed, at our address, after the acknowledgement', async () => {
    const to = await start({ settings: { decisionDelayMs: 100 } });
    expect(await submit(to)).toMatchObject({ code: '0', data: { status: 'received' } });
    expect(told).toHaveLength(0);
    await toldTimes(1);
    await stillTold(1);
    expect(told[0]).toMatchObject({ key: 'SC1-1', genuine: true });
    expect(JSON.parse(told[0]?.body ?? '')).toEqual({
      caseNo: 'SC1',
      round: 1,
      decision: 'approved',
      opinion: '监督解体过程符合要求',
      decidedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
    expect(await outcomes(to)).toEqual(['taken']);
  });

  test('R04: as the vehicle has it for its round, or as somebody said beforehand, once', async () => {
    const to = await start();
    const twoRounds = 'LTESTA000A0000052';
    await to.desk('POST', '/decisions', { decision: 'rejected' });
    await submit(to, 1, twoRounds);
    await submit(to, 2, twoRounds);
    await submit(to, 3, twoRounds);
    await toldTimes(3);
    expect(decisions().sort()).toEqual(['approved', 'approved', 'rejected']);
  });

  test('R60: a repeated submission causes no second decision', async () => {
    const to = await start();
    await submit(to);
    await submit(to);
    await toldTimes(1);
    await stillTold(1);
  });
});

describe('until it is taken', () => {
  test.each(['silent', 'broken', 'unsigned', 'stranger', 'refused', 'conflict'] as const)(
    'R60: an answer that is %s does not take it, and it is told again',
    async (how) => {
      answering = [how, 'taken'];
      const to = await start();
      await submit(to);
      await toldTimes(2);
      await stillTold(2);
      expect(new Set(told.map(({ body }) => body)).size).toBe(1);
      expect(await outcomes(to)).toEqual(['again', 'taken']);
    },
  );

  test('R60: an outdated round (4221) is not repeated', async () => {
    answering = ['outdated'];
    const to = await start();
    await submit(to);
    await toldTimes(1);
    await stillTold(1);
    expect(await outcomes(to)).toEqual(['outdated']);
  });

  test('R60: what was not told before the simulators went down is told after they came up, what was told is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
    const stateFile = join(folder, 'state.jsonl');
    answering = ['taken', 'silent'];
    const before = await start({ stateFile });
    await submit(before, 1);
    await toldTimes(1);
    await submit(before, 2);
    await toldTimes(2);
    await before.close();
    answering = ['taken'];
    await start({ stateFile });
    await toldTimes(3);
    await stillTold(3);
    expect(told.map(({ key }) => key)).toEqual(['SC1-1', 'SC1-2', 'SC1-2']);
    rmSync(folder, { recursive: true });
  });

  test('R49: a report of arrival is told after a restart as well, once, by the gateway that took the message', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
    const stateFile = join(folder, 'state.jsonl');
    answering = ['silent'];
    const before = await start({ stateFile });
    const letter = { reference: 'n1:sms', phone: '13800000001', signature: '沪商监管', text: '案卷被退回' };
    expect(await before.ask('sms-gateway', 'send-sms', 'n1:sms', letter)).toMatchObject({ code: '0' });
    await toldTimes(1);
    await before.close();
    answering = ['taken'];
    await start({ stateFile });
    await toldTimes(2);
    await stillTold(2);
    expect(JSON.parse(told[1]?.body ?? '')).toMatchObject({ reference: 'n1:sms', state: 'delivered' });
    rmSync(folder, { recursive: true });
  });

  test('R60: clearing everything ends the telling', async () => {
    answering = ['silent'];
    const to = await start();
    await submit(to);
    await toldTimes(1);
    await to.desk('POST', '/reset');
    await stillTold(1);
  });
});

describe('and goes wrong as scripted', () => {
  test('R60: twice', async () => {
    const to = await start();
    await to.script({ ...callback, fault: { kind: 'twice' } });
    await submit(to);
    await toldTimes(2);
    await stillTold(2);
    expect(told[0]?.body).toBe(told[1]?.body);
  });

  test('R60: out of order, before its submission is acknowledged', async () => {
    const to = await start({ settings: { decisionDelayMs: 60_000 } });
    await to.script({ ...callback, fault: { kind: 'out-of-order' } });
    expect(await submit(to)).toMatchObject({ code: '0' });
    expect(told).toHaveLength(1);
    await stillTold(1);
  });

  test('R60: out of order and not taken then, it is told again when due', async () => {
    answering = ['conflict', 'taken'];
    const to = await start({ settings: { decisionDelayMs: 200 } });
    await to.script({ ...callback, fault: { kind: 'out-of-order' } });
    expect(await submit(to)).toMatchObject({ code: '0' });
    await toldTimes(2);
    await stillTold(2);
  });

  test('R60: late', async () => {
    const to = await start();
    await to.script({ ...callback, fault: { kind: 'late', ms: 500 } });
    await submit(to);
    await stillTold(0, 300);
    await toldTimes(1);
  });

  test('R60: lost', async () => {
    const to = await start();
    await to.script({ ...callback, fault: { kind: 'never' } });
    await submit(to);
    await stillTold(0);
    expect(await outcomes(to)).toEqual(['lost']);
  });

  test.each([
    ['schema', true],
    ['json', true],
    ['blanks', true],
    ['signature', false],
  ] as const)('R60: garbled by %s first, then sound', async (how, genuine) => {
    answering = ['refused', 'taken'];
    const to = await start();
    await to.script({ ...callback, fault: { kind: 'garbled', how } });
    await submit(to);
    await toldTimes(2);
    expect(told.map((one) => one.genuine)).toEqual([genuine, true]);
    expect(told[0]?.body === told[1]?.body).toBe(how === 'signature');
    expect(JSON.parse(told[1]?.body ?? '')).toMatchObject({ caseNo: 'SC1', round: 1, decision: 'approved' });
  });

  test('R60: a fault about requests alone leaves callbacks in peace and is not used up by them', async () => {
    const to = await start();
    await submit(to);
    await to.script({ system: 'police', times: 1, fault: { kind: 'down' } });
    await toldTimes(1);
    await expect(submit(to, 2)).rejects.toThrow();
  });
});
