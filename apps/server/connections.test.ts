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
  let halves = 0;
  const server = createServer((call, reply) => {
    if (call.url === '/slow') {
      call.resume();
      call.once('end', () => waiting.push(() => reply.end('slow')));
    } else if (call.method === 'POST') {
      halves += 1;
      call.resume();
    } else reply.end('quick');
  });
  boundConnections(server, most);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => void server.close().closeAllConnections() });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const count = (): Promise<number> => new Promise((resolve) => server.getConnections((_, n) => resolve(n)));
  return { port, waiting, count, halves: () => halves };
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

test('T2.2: a question whose body comes by drops is not asked yet and keeps nobody out; one whose body is there is not cut off', async () => {
  const { port, waiting, count, halves } = await aServer(20);
  const heads = 'HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n';
  const whole = await opened(port, `POST /slow ${heads}body`);
  await waitUntil(() => waiting.length === 1);
  const inPieces = 'HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n';
  for (let n = 0; n < 19; n += 1) await opened(port, `POST /take ${n % 2 === 0 ? `${heads}b` : inPieces}`);
  await waitUntil(() => halves() === 19);
  for (let n = 0; n < 30; n += 1) {
    expect(await asked(port)).toMatchObject({ status: 200, text: 'quick' });
    await opened(port, `POST /take ${heads}b`);
  }
  await waitUntil(async () => (await count()) <= 20);
  const answered = once(whole, 'data');
  for (const answer of waiting) answer();
  expect(String((await answered)[0])).toContain('slow');
});
