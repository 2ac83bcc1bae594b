import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import type { Product } from './compose.ts';
import { demoAccounts } from './demo/accounts.ts';

let served: ServedProduct;
let product: Product;
let server: FastifyInstance;
let signIn: ServedProduct['signIn'];

beforeAll(async () => {
  served = await aServedProduct();
  ({ product, server, signIn } = served);
});
afterAll(() => served.close());

const ours = ownPage;

const nobodysCase = '01a00000-0000-7000-8000-000000000000';
const anyKey = '6a8b3f86-93a4-4c2f-8f0a-0f4b6c1d2e3f';
const likelyInput = {
  seq: 1,
  id: nobodysCase,
  photoId: nobodysCase,
  exchangeId: nobodysCase,
  section: 'papers',
  part: 'licence-main',
  key: anyKey,
  version: 1,
  changes: {},
  input: {},
  field: 'ownerPhone',
  reason: '核查举报线索',
  setting: 'elv.period.confirm',
  day: '2026-11-25',
  year: 2026,
  opinion: '依职权查看',
  certificateId: nobodysCase,
  trainingId: nobodysCase,
  post: 'dismantler',
  from: '2026-11-25',
  on: '2026-11-25',
  values: {},
};
/** What an operation calls otherwise than the others do. */
const ownInput: Readonly<Record<string, object>> = { 'elv.practitioner.reveal': { field: 'phone' } };

const ask = (operation: Operation, headers: Record<string, string>) => {
  const input = { ...likelyInput, ...ownInput[operation.id] };
  const { url } = addressOf({ ...operation, method: 'POST' }, input);
  const boundary = 'x';
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\nx\r\n--${boundary}--\r\n`;
  if (operation.body === 'file') {
    const contentType = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return server.inject({
      method: 'POST',
      url: `${url}?key=${anyKey}`,
      headers: { ...ours, ...headers, ...contentType },
      payload: file,
    });
  }
  const withBody = operation.method === 'POST' || operation.method === 'PUT';
  return server.inject({
    method: operation.method,
    url,
    headers: { ...ours, ...headers },
    ...(withBody ? { payload: input } : {}),
  });
};

/** What people with an account call; who comes by another door is proved beside it. */
const operations = (): readonly Operation[] =>
  product.areas.flatMap((area) => area.plan.operations).filter(({ door }) => door === undefined);

test('every operation but the public ones asks who is there', async () => {
  for (const operation of operations().filter(({ permission }) => permission !== 'public')) {
    const reply = await ask(operation, {});
    expect([operation.id, reply.statusCode, reply.json().code]).toEqual([operation.id, 401, 'NOT_SIGNED_IN']);
  }
});

test('R44: what no grant allows is refused, and only that', async () => {
  const subject =
    (await product.sessions.subjectOf((await signIn('observer1')).split('=')[1] ?? '', false)) ?? undefined;
  if (!subject) throw new Error('the observer did not sign in');
  const cookie = await signIn('observer1');
  for (const operation of operations().filter(({ permission }) => permission.includes(':'))) {
    const reply = await ask(operation, { cookie });
    const held = product.access.holds(subject, operation.permission);
    expect([operation.id, reply.statusCode === 403]).toEqual([operation.id, !held]);
  }
});

test('a case id that does not exist is answered "not found" by every operation on a case', async () => {
  // Who has never signed in has a few steps to go yet.
  const people = demoAccounts.filter(({ userName }) => userName !== 'newcomer1');
  const cookies = await Promise.all(people.map(({ userName }) => signIn(userName)));
  for (const operation of operations().filter(({ path }) => path.includes('{id}'))) {
    const replies = await Promise.all(cookies.map((cookie) => ask(operation, { cookie })));
    const permitted = replies.filter(({ statusCode }) => statusCode !== 403);
    expect(permitted.length, operation.id).toBeGreaterThan(0);
    for (const reply of permitted)
      expect([operation.id, reply.statusCode, reply.json().code]).toEqual([operation.id, 404, 'NOT_FOUND']);
  }
});

test('a foreign page cannot ride on the session', async () => {
  const cookie = await signIn('clerk1');
  const reply = await server.inject({
    method: 'POST',
    url: '/api/elv/vehicle-cases',
    headers: { cookie },
    payload: { key: anyKey },
  });
  expect([reply.statusCode, reply.json().code]).toEqual([403, 'FOREIGN_PAGE']);
});

test('R01: the same click twice opens one case', async () => {
  const cookie = await signIn('clerk1');
  const open = () =>
    server.inject({
      method: 'POST',
      url: '/api/elv/vehicle-cases',
      headers: { ...ours, cookie },
      payload: { key: anyKey },
    });
  const [first, second] = await Promise.all([open(), open()]);
  expect(first.statusCode).toBe(200);
  expect(second.json()).toEqual(first.json());
});

test('pages, API description and health stand', async () => {
  expect((await server.inject('/health')).json()).toEqual({ status: 'ok' });
  expect((await server.inject('/ready')).json()).toEqual({ status: 'ok', storage: 'ok' });
  const document = (await server.inject('/openapi.json')).json();
  expect(Object.keys(document.paths).length).toBeGreaterThan(20);
  const page = await server.inject('/api-docs');
  expect(page.body).toContain('接口说明');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
});
