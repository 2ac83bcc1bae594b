import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { aDatabase } from '#testkit/template-database.ts';
import { openDatabase, reach } from './database.ts';
import { outageOf } from './outage.ts';

// Real: PostgreSQL, and a way to it that swallows everything, as a machine without power or a firewall does.
test('T2.2: a database that falls silent under a statement is away after a bounded time, and another connection is tried then', async () => {
  const database = await aDatabase([]);
  const target = new URL(database.url);
  const open: Socket[] = [];
  let silent = false;
  const way = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    open.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => silent || to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const address = way.address();
  const url = new URL(database.url);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const { db, close } = openDatabase({ url: url.href, poolSize: 1, answerWaitMs: 300 });
  await reach(db);
  silent = true;
  const error = await reach(db).catch((thrown: unknown) => thrown);
  expect(outageOf(error)).toBe('away');
  silent = false;
  await reach(db);
  await close();
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => way.close(resolve));
  await database.close();
}, 20_000);
