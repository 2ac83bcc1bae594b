import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '#testkit/wait-until.ts';
import { openDoors } from './doors.ts';

// Real: listening sockets, the event loop's turns.

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const opened = async (patienceMs = 60_000) => {
  const server = Fastify();
  let heard = 0;
  server.addHook('onRequest', async () => {
    heard += 1;
  });
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.get('/quick', async () => 'quick');
  server.get('/slow', async () => {
    await released;
    return 'slow';
  });
  const close = await openDoors(server, { host: '127.0.0.1', port: 0, backlog: 511, patienceMs });
  closing.push(close, release);
  const address = server.server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { server, port, close, release, heard: () => heard };
};

const knock = (port: number): Socket => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  closing.push(() => socket.destroy());
  return socket;
};

test('T2.2: of people who knock at once several are let in at each turn of the event loop', async () => {
  const { server, port } = await opened();
  let inside = 0;
  server.server.on('connection', () => {
    inside += 1;
  });
  let turns = 0;
  const many = 80;
  for (let n = 0; n < many; n += 1) knock(port);
  while (inside < many) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  expect(turns).toBeLessThan(many / 2);
});

test('every door leads to the same answers, and whoever is being served when they close has one', async () => {
  const { port, close, release, heard } = await opened();
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => (await fetch(`http://127.0.0.1:${port}/quick`)).text()),
  );
  expect(new Set(answers)).toEqual(new Set(['quick']));
  const waiting = Array.from({ length: 40 }, async () => (await fetch(`http://127.0.0.1:${port}/slow`)).text());
  await waitUntil(() => heard() === 80);
  const closed = close();
  release();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['slow']));
  await closed;
  const late = knock(port);
  const [error] = await once(late, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('T2.2: closing waits for nobody who might ask again, and not for ever for who never ends a question', async () => {
  const { port, close, release, heard } = await opened(1_000);
  const agent = new Agent({ keepAlive: true });
  closing.push(() => agent.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, path: '/slow', host: '127.0.0.1', agent }, resolve).on('error', reject);
  });
  const dripping = knock(port);
  await once(dripping, 'connect');
  dripping.write('GET /quick HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  await waitUntil(() => heard() === 1);
  const closed = close();
  release();
  expect(String((await (await answered).toArray())[0])).toBe('slow');
  await closed;
});

test('a place that somebody else has is told, not shared', async () => {
  const { port } = await opened();
  await expect(openDoors(Fastify(), { host: '127.0.0.1', port, backlog: 511, patienceMs: 0 })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
