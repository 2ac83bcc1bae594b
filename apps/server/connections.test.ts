import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '#testkit/wait-until.ts';
import { boundConnections } from './connections.ts';

// Real: sockets of a listening server, clients that send nothing or too little.

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const aServer = async (most: number) => {
  const waiting: (() => void)[] = [];
  const server = createServer((call, reply) => {
    if (call.url === '/slow') waiting.push(() => reply.end('slow'));
    else reply.end('quick');
  });
  boundConnections(server, most);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => void server.close().closeAllConnections() });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const count = (): Promise<number> => new Promise((resolve) => server.getConnections((_, n) => resolve(n)));
  return { port, waiting, count };
};

const opened = async (port: number, send = ''): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  open.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  socket.write(send);
  return socket;
};

const asked = (port: number, path = '/'): Promise<{ status: number; retryAfter: string | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    get({ port, path, host: '127.0.0.1', agent: new Agent({ keepAlive: false }) }, (reply) => {
      let text = '';
      reply.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, retryAfter: reply.headers['retry-after'], text }));
    }).on('error', reject);
  });

test('T2.2: a storm of connections that ask nothing, or by drops, keeps nobody out and stays bounded', async () => {
  const { port, count } = await aServer(20);
  for (let n = 0; n < 100; n += 1) {
    await opened(port, n % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    if (n % 10 === 9) expect(await asked(port)).toMatchObject({ status: 200, text: 'quick' });
  }
  await waitUntil(async () => (await count()) <= 20);
});

test('T2.2: whoever is being answered is not cut off, and where all are the next is told when to come back', async () => {
  const { port, waiting, count } = await aServer(3);
  const slow = [asked(port, '/slow'), asked(port, '/slow'), asked(port, '/slow')];
  await waitUntil(() => waiting.length === 3);
  expect(await asked(port)).toEqual({ status: 503, retryAfter: '3', text: '' });
  for (const answer of waiting) answer();
  expect((await Promise.all(slow)).map(({ text }) => text)).toEqual(['slow', 'slow', 'slow']);
  await waitUntil(async () => (await count()) === 0);
  expect((await asked(port)).status).toBe(200);
});
