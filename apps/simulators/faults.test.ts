import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clockAt } from '#testkit/fixed-clock.ts';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { type Fault, faultBook, faultSchema } from './faults.ts';

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators();
});
beforeEach(() => there.desk('POST', '/reset'));
afterAll(() => there.close());

const request = { certificateNo: 'C-1', plateNo: '沪A12345', photos: [{ kind: 'p', sm3: 'a'.repeat(64), ref: 'r' }] };
let keys = 0;
const newKey = (): string => {
  keys += 1;
  return `K-${keys}`;
};
const ask = (key = newKey()) => there.ask('police', 'confirm-plate-destruction', key, request);
const here = { system: 'police', exchange: 'confirm-plate-destruction' } as const;

/** How a question ends that may get no answer at all. */
const ending = (asked: Promise<{ code: unknown }>): Promise<unknown> =>
  Promise.race([
    asked.then(
      ({ code }) => code,
      () => 'cut',
    ),
    new Promise((resolve) => setTimeout(resolve, 400, 'hang')),
  ]);

const allDay = { from: '00:00', to: '23:59' };
const instead: readonly (readonly [Fault, unknown, 'done' | 'not done'])[] = [
  [{ kind: 'timed-out-but-done' }, 'hang', 'done'],
  [{ kind: 'twice' }, '4090', 'done'],
  [{ kind: 'refuse', code: '4220', message: '校验不符', retryable: false }, '4220', 'not done'],
  [{ kind: 'never' }, 'hang', 'not done'],
  [{ kind: 'throttled', retryAfterSeconds: 3 }, '4290', 'not done'],
  [{ kind: 'down' }, 'cut', 'not done'],
  [{ kind: 'night', ...allDay }, '5030', 'not done'],
];

const state = z.object({
  journal: z.array(z.object({ fault: z.string().nullable(), repeat: z.boolean() })),
  faults: z.array(z.object({ struck: z.int() })),
});
const deskState = async () => state.parse(await there.desk('GET', '/state'));

describe('each fault strikes as scripted', () => {
  test.each(instead)('R60: %o ends in %s, and what was asked is %s', async (fault, end, done) => {
    await there.script({ ...here, fault, times: 1 });
    const key = newKey();
    expect(await ending(ask(key))).toBe(end);
    expect(await ending(ask(key))).toBe('0');
    const { journal } = await deskState();
    expect(journal.map((one) => [one.fault, one.repeat])).toEqual([
      [fault.kind, false],
      [null, done === 'done'],
    ]);
  });

  test('R60: late is late by so much, and done at once', async () => {
    await there.script({ ...here, fault: { kind: 'late', ms: 300 }, times: 1 });
    const since = Date.now();
    expect(await ask()).toMatchObject({ code: '0', genuine: true });
    expect(Date.now() - since).toBeGreaterThanOrEqual(295);
  });

  test('R60: an answer out of order comes after the next one', async () => {
    await there.script({ ...here, fault: { kind: 'out-of-order' }, times: 1 });
    const order: string[] = [];
    const first = ask().then(() => order.push('first'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first, ask().then(() => order.push('second'))]);
    expect(order).toEqual(['second', 'first']);
  });

  test.each([
    ['schema', true, (text: string) => expect(JSON.parse(text).data.confirmed).toEqual(['t', 'r', 'u', 'e'])],
    ['blanks', true, (text: string) => expect(JSON.parse(text).data).toEqual({ confirmed: null, at: '' })],
    ['signature', false, (text: string) => expect(JSON.parse(text).data.confirmed).toBe(true)],
  ] as const)('R60: garbled by %s', async (how, genuine, look) => {
    await there.script({ ...here, fault: { kind: 'garbled', how }, times: 1 });
    const heard = await ask();
    expect(heard.genuine).toBe(genuine);
    look(heard.text);
  });

  test('R60: garbled by syntax is no JSON any more', async () => {
    await there.script({ ...here, fault: { kind: 'garbled', how: 'json' }, times: 1 });
    await expect(ask()).rejects.toThrow(SyntaxError);
  });
});

describe('each fault strikes where and as often as scripted', () => {
  test('R60: three times, then no more; the list counts down and forgets', async () => {
    await there.script({ ...here, fault: { kind: 'throttled' }, times: 3 });
    expect([(await ask()).code, (await ask()).code]).toEqual(['4290', '4290']);
    expect((await deskState()).faults).toMatchObject([{ struck: 2 }]);
    expect([(await ask()).code, (await ask()).code]).toEqual(['4290', '0']);
    expect((await deskState()).faults).toEqual([]);
  });

  test('R60: only messages whose key holds the text, only this exchange, only this system', async () => {
    await there.script({ ...here, key: 'SC7', fault: { kind: 'throttled' } });
    expect((await ask('SC7-1')).code).toBe('4290');
    expect((await ask('SC8-1')).code).toBe('0');
    const person = { reference: 'SC7', name: '张三演示', identityNo: '310101190001010011' };
    expect((await there.ask('identity', 'verify-person', 'SC7', person)).code).toBe('0');
  });

  test('R60: a star strikes every exchange of its system, the oldest fault first', async () => {
    await there.script({ system: 'police', fault: { kind: 'refuse', code: '4001', message: 'a' }, times: 1 });
    await there.script({ system: 'police', fault: { kind: 'refuse', code: '4002', message: 'b' }, times: 1 });
    const check = { reference: 'r', vin: 'LTESTA001A0000001', plateNo: '沪A12345', plateTypeCode: '02' };
    expect((await ask()).code).toBe('4001');
    expect((await there.ask('police', 'check-vehicle', 'r', check)).code).toBe('4002');
    expect((await ask()).code).toBe('0');
  });

  test('R60: a question that was not let in uses no fault up', async () => {
    await there.script({ ...here, fault: { kind: 'throttled' }, times: 1 });
    await there.ask('police', 'confirm-plate-destruction', newKey(), request, { appId: 'x' });
    expect((await ask()).code).toBe('4290');
  });

  test.each([
    ['2026-01-05T13:59:00Z', false],
    ['2026-01-05T14:00:00Z', true],
    ['2026-01-05T21:59:00Z', true],
    ['2026-01-05T22:00:00Z', false],
  ])('R60: a night from 22:00 to 06:00 Shanghai time at %s: %s', (iso, strikes) => {
    const book = faultBook();
    const fault = faultSchema.parse({ kind: 'night', from: '22:00', to: '06:00' });
    book.add({ system: 'police', exchange: '*', fault });
    const target = { system: 'police', exchange: 'x', key: 'k', now: clockAt(iso).now() } as const;
    expect(book.strike(target) !== undefined).toBe(strikes);
  });
});
