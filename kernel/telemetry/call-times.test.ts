import { expect, test } from 'vitest';
import { quantileOf, telemetryOf } from './call-times.ts';

test('a quantile lies evenly within its bucket, and never beyond the last', () => {
  const counted = [
    { upTo: 0.1, count: 50 },
    { upTo: 0.2, count: 90 },
    { upTo: Number.POSITIVE_INFINITY, count: 100 },
  ];
  expect(quantileOf(counted, 0.5)).toBeCloseTo(0.1);
  expect(quantileOf(counted, 0.7)).toBeCloseTo(0.15);
  expect(quantileOf(counted, 0.95)).toBe(0.2);
  expect(quantileOf([], 0.5)).toBe(0);
});

test('T2.7: operations are told slowest first, with what failed among them', async () => {
  const telemetry = telemetryOf();
  for (let n = 0; n < 100; n += 1) telemetry.called('elv.vehicle-case.list', 200, 8);
  for (let n = 0; n < 10; n += 1) telemetry.called('elv.vehicle-case.read', n === 0 ? 500 : 200, 200);
  telemetry.called('elv.vehicle-case.read', 404, 200);
  const slowest = await telemetry.slowest(5);
  expect(slowest.map(({ operation, calls, failures }) => [operation, calls, failures])).toEqual([
    ['elv.vehicle-case.read', 11, 1],
    ['elv.vehicle-case.list', 100, 0],
  ]);
  expect(slowest[0]?.p95Ms).toBeGreaterThan(150);
  expect(slowest[1]?.medianMs).toBeGreaterThan(5);
  expect(await telemetry.slowest(1)).toHaveLength(1);
});

test('T3.1: everything is told in the form Prometheus reads', async () => {
  const telemetry = telemetryOf();
  telemetry.called('elv.vehicle-case.list', 200, 8);
  telemetry.tell({
    name: 'hushang_outbox_due',
    help: 'Messages that are due',
    label: 'connector',
    read: async () => ({ police: 3 }),
  });
  telemetry.tell({
    name: 'hushang_of_the_database',
    help: 'A figure nobody can find out now',
    read: () => Promise.reject(new Error('ECONNREFUSED')),
  });
  const text = await telemetry.text();
  expect(text).toContain('hushang_operation_seconds_bucket{le="0.01",operation="elv.vehicle-case.list"} 1');
  expect(text).toContain('hushang_operation_answers_total{operation="elv.vehicle-case.list",status="200"} 1');
  expect(text).toContain('hushang_outbox_due{connector="police"} 3');
  expect(text).toContain('hushang_figure_unreadable{figure="hushang_of_the_database"} 1');
  expect(text).toContain('hushang_figure_unreadable{figure="hushang_outbox_due"} 0');
  expect(text).toContain('hushang_process_resident_memory_bytes');
});
