import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { outageOf } from '#kernel/db/outage.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { s3Store } from './store.s3.ts';

// Real: a bucket's server that answers as one does that is overloaded, full, broken or strict.
test('T2.2: a bucket that is overloaded, full or gone is an outage; one that refuses is none', async () => {
  let answer = { status: 503, code: 'SlowDown' };
  const server = createServer((call, reply) => {
    call.resume();
    call.once('end', () =>
      reply
        .writeHead(answer.status, { 'content-type': 'application/xml' })
        .end(call.method === 'HEAD' ? '' : `<Error><Code>${answer.code}</Code><Message>x</Message></Error>`),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const opening = { region: 'us-east-1', accessKeyId: 'a key', secretAccessKey: 'a secret' };
  const store = s3Store({ ...opening, endpoint: `http://127.0.0.1:${port}/bucket` });
  const key = uuidv7(new Date('2026-11-23T02:00:00Z'));
  const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => outageOf(error) ?? 'a defect',
    );
  const all = () =>
    Promise.all([
      thrownBy(store.put(key, Readable.from(['x']))),
      thrownBy(store.get(key)),
      thrownBy(store.delete(key)),
      thrownBy(store.exists(key)),
    ]);
  // Whoever only asks whether it is there gets no words.
  expect(await all()).toEqual(['crowded', 'crowded', 'crowded', 'away']);
  answer = { status: 507, code: 'XMinioStorageFull' };
  expect(await all()).toEqual(Array.from({ length: 4 }, () => 'no-room'));
  answer = { status: 502, code: 'BadGateway' };
  expect(await all()).toEqual(Array.from({ length: 4 }, () => 'away'));
  answer = { status: 403, code: 'AccessDenied' };
  expect(await all()).toEqual(Array.from({ length: 4 }, () => 'a defect'));
  server.close().closeAllConnections();
  await once(server, 'close');
  expect(await thrownBy(store.get(key))).toBe('away');
  const nowhere = s3Store({ ...opening, endpoint: 'http://no-such-host.invalid/bucket' });
  expect(await thrownBy(nowhere.get(key))).toBe('away');
});
