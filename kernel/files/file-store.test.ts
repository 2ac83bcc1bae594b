import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { aDiskStore, anS3Store, type TestFileStore } from '#testkit/file-stores.ts';

const newKey = (): string => uuidv7(new Date('2026-11-23T02:00:00Z'));

describe.each([
  ['disk', aDiskStore],
  ['S3', anS3Store],
])('T3.4: a file store on %s', (_name, make) => {
  let place: TestFileStore;
  beforeAll(async () => {
    place = await make();
  });
  afterAll(() => place.close());

  test('T3.4: what was put is got, until it is deleted; deleting twice does no harm', async () => {
    const [key, bytes] = [newKey(), Buffer.from('行驶证')];
    expect(await place.store.exists(key)).toBe(false);
    await place.store.put(key, Readable.from([bytes]));
    expect(await place.store.exists(key)).toBe(true);
    expect(place.stored()).toBe(1);
    expect(await buffer(await place.store.get(key))).toEqual(bytes);
    await place.store.delete(key);
    await place.store.delete(key);
    expect(await place.store.exists(key)).toBe(false);
    expect(place.stored()).toBe(0);
  });

  test('T3.4: a file that is not there cannot be got', async () => {
    await expect(place.store.get(newKey())).rejects.toThrow();
  });

  test('T3.4: several files at once keep apart', async () => {
    const keys = Array.from({ length: 8 }, newKey);
    await Promise.all(keys.map((key) => place.store.put(key, Readable.from([Buffer.from(key)]))));
    const found = await Promise.all(keys.map(async (key) => (await buffer(await place.store.get(key))).toString()));
    expect(found).toEqual(keys);
    await Promise.all(keys.map((key) => place.store.delete(key)));
  });
});

test('T4.1: the disk refuses a key that could be a path', async () => {
  const { store, close } = await aDiskStore();
  for (const key of ['../../../etc/passwd', '/etc/passwd', 'a', '']) {
    await expect(store.put(key, Readable.from(['x']))).rejects.toThrow('malformed file key');
    await expect(store.get(key)).rejects.toThrow('malformed file key');
  }
  await close();
});
