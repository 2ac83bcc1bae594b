import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import type { PaperResult } from '#practices/paper-reading/model/paper-reading.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { noteReading } from './photo.store.ts';
import { awaitReading, looseReadings } from './reading-queue.store.ts';
import { type ReadingParts, readingRoom } from './reading-room.ts';

// Real here: PostgreSQL, cases and their photographs. Made up: the clock, a second process's room, what is read.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
let photo: { readonly photoId: string; readonly caseId: string };
beforeAll(async () => {
  it = await aProduct();
  const { id } = await caseFactory(it, 74_000).at('admitted');
  const { photos } = await it.hands.view('commission1', id);
  const licence = photos.find(({ part }) => part === 'licence-main');
  if (!licence) throw new Error('an admitted case has its licence');
  photo = { photoId: licence.id, caseId: id };
}, 60_000);
afterAll(() => it.close());

/** A process's room. Its reader waits until the test lets it go on. */
const aRoom = () => {
  const begun: ((result: PaperResult) => void)[] = [];
  const broken: ((error: Error) => void)[] = [];
  const parts = {
    ...it.product.elv.desk,
    reader: {
      read: () =>
        new Promise<PaperResult>((resolve, reject) => {
          begun.push(resolve);
          broken.push(reject);
        }),
    },
    onFailure: (error: unknown) => {
      throw error;
    },
  } satisfies ReadingParts;
  const breakOff = (): void => {
    for (const breaks of broken) breaks(new Error('the reader was taken away'));
  };
  return {
    room: readingRoom(parts),
    begun,
    breakOff,
    end: () => begun.map((go) => go({ enough: true, message: null, fields: {} })),
  };
};

const asked = (): Promise<void> =>
  inTransaction(it.database.db, async (tx) => {
    await noteReading(tx, photo.photoId, 'waiting', null);
    await awaitReading(tx, photo);
  });

const status = async (): Promise<string | undefined> =>
  (await it.hands.view('commission1', photo.caseId)).photos.find(({ id }) => id === photo.photoId)?.ocr.status;

const loose = () => looseReadings(it.database.db, it.clock.now(), 10);

test('R01, T2.7: of two processes one reads a paper; when it is done nobody takes it again', async () => {
  const [one, other] = [aRoom(), aRoom()];
  await asked();
  one.room.start(photo.caseId, photo.photoId);
  await waitUntil(async () => one.begun.length === 1);
  other.room.start(photo.caseId, photo.photoId);
  await other.room.round();
  await other.room.idle();
  expect([other.begun.length, await status()]).toEqual([0, 'reading']);
  one.end();
  await one.room.idle();
  expect([await status(), await loose()]).toEqual(['done', []]);
});

test('R01, T2.7: what a killed process was reading another reads when its time is over; one that lives keeps it', async () => {
  const [killed, other] = [aRoom(), aRoom()];
  await asked();
  killed.room.start(photo.caseId, photo.photoId);
  await waitUntil(async () => killed.begun.length === 1);
  it.clock.advance(30_000);
  await killed.room.round();
  it.clock.advance(30_000);
  await other.room.round();
  expect(other.begun).toHaveLength(0);
  it.clock.advance(11_000);
  await other.room.round();
  await waitUntil(async () => other.begun.length === 1);
  other.end();
  await other.room.idle();
  expect(await status()).toBe('done');
  killed.end();
  await killed.room.idle();
  expect([await status(), await loose()]).toEqual(['done', []]);
});

test('R01, T2.7: a process that stops gives back what it was reading, and says of none that it failed', async () => {
  const [stopping, other] = [aRoom(), aRoom()];
  await asked();
  stopping.room.start(photo.caseId, photo.photoId);
  await waitUntil(async () => stopping.begun.length === 1);
  await stopping.room.stop();
  stopping.breakOff();
  await stopping.room.idle();
  expect(await status()).toBe('reading');
  await other.room.round();
  await waitUntil(async () => other.begun.length === 1);
  other.end();
  await other.room.idle();
  expect([await status(), await loose()]).toEqual(['done', []]);
});
