import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aReceiver, type Receiver } from '#testkit/receiver.ts';
import { otlpSender } from './otlp.ts';
import { spanned, type Tracing, tracingOver, under } from './span.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await aReceiver();
});
afterAll(() => receiver.close());

const resource = { 'service.name': 'hushang-test', 'process.pid': 7 };
const failures: { error: unknown; spansLost: number }[] = [];
const aSender = (url = receiver.url, timeoutMs = 2_000) =>
  otlpSender({
    url,
    headers: { authorization: 'Bearer of a test' },
    timeoutMs,
    resource,
    onFailure: (error, { spansLost }) => failures.push({ error, spansLost }),
  });
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

/** A request with two parts, of which one is refused and one fails; what it leaves undone is none of a span's business. */
const work = async (tracing: Tracing, id = traceId): Promise<void> => {
  const span = tracing.begin(id, 'GET /api/things/:id', 'server', { 'http.route': '/api/things/:id' });
  if (!span) return;
  await under(span, async () => {
    const part = { facts: { done: true, share: 0.5 }, failed: false };
    await spanned(
      'fine',
      'client',
      {},
      async () => 1,
      () => part,
    );
    const refusal = new Failure(409, 'STALE', '张三的案卷已变动');
    await expect(spanned('refused', 'internal', {}, () => Promise.reject(refusal))).rejects.toBe(refusal);
    const fault = Object.assign(new Error('duplicate key (沪A12345)'), { code: '23505' });
    await expect(spanned('broken', 'internal', {}, () => Promise.reject(fault))).rejects.toBe(fault);
  });
  span.end(true, { 'http.response.status_code': 500 });
};

const sent = () => receiver.got.splice(0).map(({ body, headers }) => ({ body, headers, spans: spansIn(body) }));
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly status?: { readonly code: number };
}
const spansIn = (body: string): readonly OtlpSpan[] =>
  JSON.parse(body).resourceSpans[0].scopeSpans.flatMap(({ spans }: { spans: OtlpSpan[] }) => spans);

test('T3.1: spans reach a receiver as OTLP has them, each below the one it is part of; of what failed only its kind', async () => {
  const sender = aSender();
  const began = Date.now();
  await work(tracingOver({ clock: systemClock, share: 1, tell: sender.tell }));
  await sender.stop();
  const [{ body, headers, spans } = { body: '', headers: {}, spans: [] }, ...more] = sent();
  expect(more).toEqual([]);
  expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer of a test' });
  expect(JSON.parse(body).resourceSpans[0].resource.attributes).toEqual([
    { key: 'service.name', value: { stringValue: 'hushang-test' } },
    { key: 'process.pid', value: { intValue: '7' } },
  ]);
  const request = spans.find(({ name }) => name.startsWith('GET'));
  expect(request).toMatchObject({ traceId, kind: 2, status: { code: 2 } });
  expect(request?.parentSpanId).toBeUndefined();
  expect(request?.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(Math.abs(Number(request?.startTimeUnixNano) / 1e6 - began)).toBeLessThan(5_000);
  const parts = spans.filter((one) => one.parentSpanId === request?.spanId);
  expect(parts.map(({ name, kind, status }) => [name, kind, status?.code ?? 0])).toEqual([
    ['fine', 3, 0],
    ['refused', 1, 0],
    ['broken', 1, 2],
  ]);
  expect(parts.map(({ attributes }) => attributes)).toEqual([
    [
      { key: 'done', value: { boolValue: true } },
      { key: 'share', value: { doubleValue: 0.5 } },
    ],
    [{ key: 'error.type', value: { stringValue: 'STALE' } }],
    [{ key: 'error.type', value: { stringValue: '23505' } }],
  ]);
  for (const part of spans) expect(BigInt(part.endTimeUnixNano) >= BigInt(part.startTimeUnixNano)).toBe(true);
  expect(body).not.toMatch(/张三|沪A12345/);
});

test('T3.1: a trace is told whole or not at all, in the share that is wanted; without one nothing is told', async () => {
  const told: string[] = [];
  const tracing = tracingOver({ clock: systemClock, share: 0.25, tell: (span) => told.push(span.traceId) });
  for (let n = 0; n < 400; n += 1) await work(tracing, 'no id of ours');
  expect(new Set(told).size * 4).toBe(told.length);
  expect(Math.abs(new Set(told).size - 100)).toBeLessThan(40);
  expect(told.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(await spanned('alone', 'internal', {}, async () => 7)).toBe(7);
});

test('T2.2: a receiver that is busy is asked once more; of one that is gone or silent it is told how many spans were lost, and nobody waits', async () => {
  const answers = [503, 204];
  receiver.answer = () => ({ status: answers.shift() ?? 204 });
  const busy = aSender();
  await work(tracingOver({ clock: systemClock, share: 1, tell: busy.tell }));
  await busy.stop();
  const got = sent();
  expect([got.length, got[0]?.body === got[1]?.body, failures]).toEqual([2, true, []]);

  receiver.answer = () => 'silence';
  const silent = aSender(receiver.url, 100);
  await work(tracingOver({ clock: systemClock, share: 1, tell: silent.tell }));
  await silent.stop();
  const gone = aSender('http://127.0.0.1:1/v1/traces');
  const tracing = tracingOver({ clock: systemClock, share: 1, tell: gone.tell });
  for (let n = 0; n < 3_000; n += 1) tracing.begin(traceId, 'one', 'internal', {})?.end(false);
  await gone.stop();
  // Each tells at once, and then at most once a minute.
  expect(failures.map(({ spansLost }) => spansLost)).toEqual([4, 1]);
  expect(failures[0]?.error).toMatchObject({ name: 'TimeoutError' });
});
