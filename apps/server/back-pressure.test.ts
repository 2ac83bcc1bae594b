import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { answerFailures } from '#kernel/contract/answer-failures.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { shedLoad } from './back-pressure.ts';

// Real: HTTP over a socket, clients that hang up.

const aServer = async (mostAtOnce: number) => {
  const waiting: (() => void)[] = [];
  const server = Fastify();
  answerFailures(server);
  shedLoad(server, mostAtOnce);
  server.get('/api/slow', async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { done: true };
  });
  server.post('/api/saved', async () => ({ saved: true }));
  server.get('/ready', async () => ({ status: 'ok' }));
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { server, url, waiting };
};

test('T2.2: beyond so many at once the rest is sent away with a time to come back, and those inside are answered', async () => {
  const { server, url, waiting } = await aServer(2);
  const inside = [fetch(`${url}/api/slow`), fetch(`${url}/api/slow`)];
  await waitUntil(() => waiting.length === 2);
  const sent = await fetch(`${url}/api/slow`);
  expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '3']);
  expect(await sent.json()).toMatchObject({ code: 'BUSY', message: expect.stringContaining('请稍候几秒再试') });
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  for (const answer of waiting.splice(0)) answer();
  expect((await Promise.all(inside)).map(({ status }) => status)).toEqual([200, 200]);
  // The place is free again.
  const next = fetch(`${url}/api/slow`);
  await waitUntil(() => waiting.length === 1);
  waiting[0]?.();
  expect((await next).status).toBe(200);
  await server.close();
});

test('T2.2: who hangs up gives the place back', async () => {
  const { server, url, waiting } = await aServer(1);
  const leaving = new AbortController();
  const left = fetch(`${url}/api/slow`, { signal: leaving.signal });
  await waitUntil(() => waiting.length === 1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await waitUntil(async () => {
    const asked = fetch(`${url}/api/slow`);
    const sent = await Promise.race([asked.then(({ status }) => status), waitUntil(() => waiting.length > 1)]);
    return sent !== 503;
  });
  expect(waiting).toHaveLength(2);
  for (const answer of waiting) answer();
  await server.close();
});

test('T2.2: who sends slowly holds no place', async () => {
  const { server, url } = await aServer(1);
  const { port } = new URL(url);
  const slow = Array.from({ length: 3 }, () => connect(Number(port), '127.0.0.1'));
  for (const socket of slow) {
    socket.write(
      'POST /api/saved HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
  }
  await pause(100);
  const body = JSON.stringify({ kept: true });
  const saved = await fetch(`${url}/api/saved`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(saved.status).toBe(200);
  for (const socket of slow) socket.destroy();
  await server.close();
});
