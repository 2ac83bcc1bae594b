import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openDatabase, reach } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import type { FileStore } from './file-store.ts';
import { sealedFiles } from './sealed-files.ts';

// Real: PostgreSQL, one connection to it, the sealing. Made up: a store that waits until it is told to go on.

test('T2.2: a store that is slow, or hangs, holds no connection to the database meanwhile', async () => {
  const { close, url } = await aDatabase(kernelMigrations);
  const { db, close: closeOwn } = openDatabase({ url, poolSize: 1, connectionWaitMs: 2_000 });
  await reach(db);
  let goOn = (): void => undefined;
  const slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let asked = false;
  let kept = '';
  const store: FileStore = {
    put: async (_, stream) => {
      asked = true;
      await slow;
      kept = (await buffer(stream)).toString('latin1');
    },
    get: () => Promise.reject(new Error('nothing is read')),
    delete: async () => undefined,
    exists: async () => false,
  };
  const crypto = softwareCrypto(Buffer.alloc(32, 7));
  const files = sealedFiles({ db, crypto, clock: systemClock, store });
  const putting = files.put(uuidv7(systemClock.now()), Readable.from([Buffer.from('a photograph')]), systemClock.now());
  await waitUntil(() => asked);
  await reach(db);
  goOn();
  await putting;
  expect(kept).toMatch(/^HSF1/);
  await closeOwn();
  await close();
});
