import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#kernel/time/clock.ts';
import { aReceiver, type Receiver } from '#testkit/receiver.ts';
import { enterpriseWire } from './wire.ts';

// Real here: the wire, name resolution, HTTP to a receiver of the test.
let first: Receiver;
beforeAll(async () => {
  first = await aReceiver();
});
afterAll(() => first.close());

describe('where messages may go', () => {
  const carry = (url: string, reach: 'public' | 'any' = 'public') =>
    enterpriseWire({ clock: systemClock, reach, addressOf: async () => url, sign: async () => 's' }).carry({
      exchange: 'case-event',
      body: '{}',
      key: 'k',
      recipient: 'r',
      sealedFields: [],
      timeoutSeconds: 2,
      traceId: 't',
      signal: new AbortController().signal,
    });

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://10.0.0.8/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://8.8.8.8:22/',
    // A name of this machine: looked up when it is called.
    'https://localhost/',
  ])('T5.4: %s is not called', async (url) => {
    expect(await carry(url)).toEqual({ outcome: 'unreachable', detail: 'NOT_PUBLIC' });
  });

  test('T5.4: without https nobody is called', async () => {
    expect(await carry(first.url)).toEqual({ outcome: 'unreachable', detail: 'NOT_PUBLIC' });
    expect(first.got).toEqual([]);
  });

  test('T5.4: an answer without end, and one that never comes, take neither memory nor time', async () => {
    first.answer = () => ({ status: 200, body: 'x'.repeat(5_000_000) });
    expect(await carry(first.url, 'any')).toEqual({ outcome: 'delivered', answer: { status: 200 } });
    first.answer = () => 'silence';
    expect(await carry(first.url, 'any')).toEqual({ outcome: 'unknown', detail: 'no answer within 2 s' });
    first.answer = () => ({ status: 429, headers: { 'retry-after': '7' } });
    expect(await carry(first.url, 'any')).toMatchObject({ outcome: 'throttled', retryAfterSeconds: 7 });
  });
});
