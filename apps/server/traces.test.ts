import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { otlpSender } from '#kernel/telemetry/otlp.ts';
import { type EndedSpan, tracingOver } from '#kernel/telemetry/span.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { aReceiver, type Receiver } from '#testkit/receiver.ts';
import { fillingOf } from './demo/filling.ts';
import { readSettings, SettingsWrong } from './settings.ts';

// Real here: PostgreSQL, web server, relay, simulators over HTTP, and a receiver that takes what is sent to it.

let receiver: Receiver;
let it: TestProduct;
let sender: ReturnType<typeof otlpSender>;
const told: EndedSpan[] = [];
const failures: unknown[] = [];
beforeAll(async () => {
  receiver = await aReceiver();
  sender = otlpSender({
    url: receiver.url,
    headers: {},
    timeoutMs: 5_000,
    resource: { 'service.name': 'hushang-test' },
    onFailure: (error) => failures.push(error),
  });
  const tell = (span: EndedSpan): void => {
    told.push(span);
    sender.tell(span);
  };
  it = await aProduct(undefined, tracingOver({ clock: systemClock, share: 1, tell }));
});
afterAll(async () => {
  await it.close();
  await receiver.close();
});

test('T3.1, R45: a request, its transactions and the messages it led to are one trace, the one of the log; nobody is in it', async () => {
  const vehicle = familyVehicle(familyVin(31_000));
  if (!vehicle) throw new Error('the family is endless');
  const { id } = await it.hands.open('clerk1', randomUUID(), true);
  const papers = fillingOf('papers', { vehicle, registered: true, now: it.clock.now() });
  await it.hands.save('clerk1', id, 'papers', { registeredWithPolice: true }, papers);
  const owner = fillingOf('owner', { vehicle, registered: true, now: it.clock.now() });
  await it.hands.save('clerk1', id, 'owner', {}, owner);
  await it.settle();
  await sender.stop();

  const { rows } = await sql<{ action: string; trace_id: string }>`
    select action, trace_id from kernel.audit_entry where object_id = ${id}`.execute(it.database.ownerDb);
  const opened = rows.find(({ action }) => action === 'elv.vehicle-case.open')?.trace_id;
  const request = told.find(({ kind, traceId }) => kind === 'server' && traceId === opened);
  expect(request).toMatchObject({
    name: 'POST /api/elv/vehicle-cases',
    parentId: null,
    failed: false,
    facts: { 'hushang.operation': 'elv.vehicle-case.open', 'http.response.status_code': 200 },
  });
  expect(told.filter(({ parentId }) => parentId === request?.spanId).map(({ name }) => name)).toContain('transaction');

  const asked = await sql<{ trace_id: string }>`
    select trace_id from kernel.outbox where case_id = ${id} and exchange = 'check-vehicle'`.execute(
    it.database.ownerDb,
  );
  const ofMessage = told.filter(({ traceId }) => traceId === asked.rows[0]?.trace_id);
  expect(ofMessage.filter(({ kind }) => kind === 'server')).toHaveLength(1);
  const carried = ofMessage.find(
    ({ facts }) => facts['hushang.exchange'] === 'check-vehicle' && facts['hushang.attempt'] === 1,
  );
  const below = ofMessage.filter(({ parentId }) => parentId === carried?.spanId);
  expect(below.map(({ name, kind }) => [name, kind])).toEqual(
    expect.arrayContaining([
      ['police.check-vehicle', 'client'],
      ['transaction', 'internal'],
    ]),
  );
  expect(below.find(({ kind }) => kind === 'client')).toMatchObject({
    failed: false,
    facts: { 'hushang.outcome': 'delivered' },
  });

  expect(failures).toEqual([]);
  const text = receiver.got.map(({ body }) => body).join('\n');
  expect(text.match(/"spanId"/g)).toHaveLength(told.length);
  // Codes such as `person` are words of ours as well.
  const typed = Object.values({ ...papers, ...owner }).map(String);
  const personal = typed.filter((value) => value.length > 3 && /[\u4e00-\u9fff\d]/.test(value));
  expect(personal.length).toBeGreaterThan(5);
  expect([...personal, id, 'demo-clerk1'].filter((value) => text.includes(value))).toEqual([]);
});

const settings = (env: Readonly<Record<string, string>>) => readSettings({ MODE: 'demo', ...env }, '/srv').tracing;

test('T3.1: the standard settings of OpenTelemetry say where traces go; without them nothing is sent', () => {
  expect(settings({})).toBeNull();
  expect(settings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' })).toBeNull();
  expect(settings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' })).toBeNull();
  expect(
    settings({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a, tenant = b ',
      OTEL_SERVICE_NAME: 'elv',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=trial,service.name=other',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    }),
  ).toMatchObject({
    url: 'http://c:4318/v1/traces',
    headers: { authorization: 'Bearer a', tenant: 'b' },
    timeoutMs: 10_000,
    resource: { 'deployment.environment.name': 'trial', 'service.name': 'elv' },
    share: 0.1,
  });
  expect(
    settings({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://d/here',
      OTEL_TRACES_SAMPLER: 'always_off',
    }),
  ).toMatchObject({ url: 'https://d/here', share: 0 });
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, 'http:// 或 https:// 开头'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, '应为 http/json'],
  [{ OTEL_TRACES_SAMPLER_ARG: '2' }, '不大于 1'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization' }, '名称=值'],
])('T3.1: %j is refused with words', (env, words) => {
  expect(() => settings(env)).toThrow(SettingsWrong);
  expect(() => settings(env)).toThrow(words);
});
