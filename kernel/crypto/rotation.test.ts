import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { addBook, aProcess, books, findBooks, makeLibrary, readAuthors } from '#testkit/renewing-keys.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { type Crypto, SealBroken } from './crypto.ts';
import { MasterKeyWrong } from './data-key.store.ts';
import { storedKeys } from './key.store.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await aDatabase(kernelMigrations);
  await makeLibrary(database.ownerDb);
});
afterEach(() => database.close());

const authorOf = (n: number): string => `作者${n % 10}`;

const fill = async (crypto: Crypto, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    await addBook(database.db, crypto, `s${String(n % 7)}`, String(n).padStart(4, '0'), authorOf(n));
};

const sealedTexts = async (): Promise<readonly string[]> =>
  (await sql<{ author: string }>`select author from library.book`.execute(database.db)).rows.map(
    ({ author }) => author,
  );

test('R55: keys have ids, versions and ages by purpose; a text names its key', async () => {
  const { crypto, keeper } = aProcess(database.db);
  await fill(crypto, 1);
  const before = await keeper.list();
  expect(new Set(before.map(({ purpose }) => purpose))).toEqual(
    new Set(['personal-data', 'signing-key', 'exchange', 'sign-in', 'reading', 'file', 'blind-index']),
  );
  expect(before.every(({ version, state }) => version === 1 && state === 'current')).toBe(true);
  const id = before.find(({ purpose }) => purpose === 'personal-data')?.id;
  expect((await sealedTexts())[0]).toMatch(new RegExp(`^s1\\.${id}\\.`));
});

test('R55: a renewal seals every row anew, computes indexes anew, and retires the old keys', async () => {
  const { crypto, keeper, rotation, ends, failures } = aProcess(database.db);
  await fill(crypto, 73);
  const [texts, authors, found] = [
    await sealedTexts(),
    await readAuthors(database.db, crypto),
    await findBooks(database.db, crypto, '作者3'),
  ];
  expect(await rotation.begin('u-1')).toMatchObject({ startedBy: 'u-1' });
  await rotation.settled();
  expect(failures).toEqual([]);
  expect(await rotation.find()).toMatchObject({ state: 'done', done: 73, total: 73, broken: [] });
  expect(ends).toEqual(['done']);
  const anew = await sealedTexts();
  expect(anew.some((text) => texts.includes(text))).toBe(false);
  expect(await readAuthors(database.db, crypto)).toEqual(authors);
  expect(await findBooks(database.db, crypto, '作者3')).toEqual(found);
  const states = (await keeper.list()).filter(({ purpose }) => purpose === 'personal-data');
  expect(states.map(({ version, state }) => [version, state]).sort()).toEqual([
    [1, 'retired'],
    [2, 'current'],
  ]);
  // One digest only is searched for now, and a text of a retired key put back is refused.
  expect(await crypto.hmacs('blind-index:author', 'x')).toHaveLength(1);
  await expect(crypto.open('personal-data', texts[0] ?? '', 'library.book:s0:0000')).rejects.toThrow(/retired/);
});

test('R55: killed at any point, nothing is ever unreadable or missed by a search, and it comes to its end', async () => {
  const first = aProcess(database.db);
  await fill(first.crypto, 90);
  const authors = await readAuthors(database.db, first.crypto);
  const found = await findBooks(database.db, first.crypto, '作者4');
  /** Dies at its n-th seal, in the middle of a transaction. */
  const mortal = (n: number) => {
    let seals = 0;
    return (crypto: Crypto): Crypto => ({
      ...crypto,
      seal: (...args) => {
        seals += 1;
        return seals > n ? Promise.reject(new Error('killed')) : crypto.seal(...args);
      },
    });
  };
  let deaths = 0;
  for (let life = 0; life < 60; life += 1) {
    // A process that has never heard of any of it.
    const process = aProcess(database.db, { wrap: mortal((life * 7) % 31) });
    if (life === 0) await process.rotation.begin('u-1');
    else process.rotation.resume();
    await process.rotation.settled();
    deaths += process.failures.length;
    const witness = aProcess(database.db);
    expect(await readAuthors(database.db, witness.crypto)).toEqual(authors);
    expect(await findBooks(database.db, witness.crypto, '作者4')).toEqual(found);
    // The process that stood all the while reads and finds everything too.
    expect(await readAuthors(database.db, first.crypto)).toEqual(authors);
    expect(await findBooks(database.db, first.crypto, '作者4')).toEqual(found);
    if ((await witness.rotation.find())?.state === 'done') break;
  }
  expect(deaths).toBeGreaterThan(3);
  expect(await first.rotation.find()).toMatchObject({ state: 'done', done: 90 });
});

test('R55: a process that is truly killed leaves a renewal that the next one finishes', async () => {
  const { crypto, rotation } = aProcess(database.db);
  await fill(crypto, 120);
  const authors = await readAuthors(database.db, crypto);
  const script = `
    import { openDatabase } from '#kernel/db/database.ts';
    import { aProcess } from '#testkit/renewing-keys.ts';
    const { db } = openDatabase({ url: ${JSON.stringify(database.url)}, poolSize: 3 });
    let seals = 0;
    const one = aProcess(db, { wrap: (crypto) => ({ ...crypto, seal: (...args) => { seals += 1; if (seals === 33) process.kill(process.pid, 'SIGKILL'); return crypto.seal(...args); } }) });
    if (!(await one.rotation.begin('child'))) one.rotation.resume();
    await one.rotation.settled();`;
  for (let kill = 0; kill < 2; kill += 1) {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'inherit' });
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    expect(await readAuthors(database.db, crypto)).toEqual(authors);
  }
  expect((await rotation.find())?.state).toBe('running');
  rotation.resume();
  await rotation.settled();
  expect(await rotation.find()).toMatchObject({ state: 'done', done: 120 });
  expect(await readAuthors(database.db, crypto)).toEqual(authors);
});

test('R55: what people write meanwhile is sealed under the new key and never written over', async () => {
  const { crypto, rotation } = aProcess(database.db);
  await fill(crypto, 60);
  await rotation.begin('u-1');
  for (let n = 0; n < 20; n += 1) await addBook(database.db, crypto, 's9', `n${n}`, '新作者');
  await rotation.settled();
  expect((await rotation.find())?.state).toBe('done');
  expect(await findBooks(database.db, crypto, '新作者')).toHaveLength(20);
  expect(Object.keys(await readAuthors(database.db, crypto))).toHaveLength(80);
});

test('R55: only one renewal at a time', async () => {
  const { crypto, rotation } = aProcess(database.db);
  await fill(crypto, 30);
  const begun = await Promise.all([
    rotation.begin('a'),
    rotation.begin('b'),
    aProcess(database.db).rotation.begin('c'),
  ]);
  expect(begun.filter(Boolean)).toHaveLength(1);
  await rotation.stop();
});

test('R55: an altered text is named and left, and the old key is not retired over it', async () => {
  const { crypto, keeper, rotation } = aProcess(database.db);
  await fill(crypto, 30);
  await sql`update library.book set author = overlay(author placing 'AAAA' from 40) where book = '0004'`.execute(
    database.db,
  );
  await rotation.begin('u-1');
  await rotation.settled();
  expect(await rotation.find()).toMatchObject({
    state: 'needs-person',
    broken: [{ table: 'library.book', key: 's4 0004' }],
    remark: expect.stringContaining('library.book.author'),
  });
  expect((await keeper.list()).some(({ state }) => state === 'retired')).toBe(false);
});

test('R55: a sealed column nobody has declared keeps the old keys alive, and is named', async () => {
  const { crypto, keeper, rotation } = aProcess(database.db, { tables: [] });
  await fill(crypto, 3);
  await rotation.begin('u-1');
  await rotation.settled();
  expect(await rotation.find()).toMatchObject({
    state: 'needs-person',
    remark: expect.stringContaining('library.book.author'),
  });
  expect((await keeper.list()).some(({ state }) => state === 'retired')).toBe(false);
  expect(Object.keys(await readAuthors(database.db, crypto))).toHaveLength(3);
});

test('R55: a row written late under an old key is walked over again', async () => {
  const old = aProcess(database.db);
  await fill(old.crypto, 25);
  // Has never heard of the new key when it seals.
  const late = aProcess(database.db).crypto;
  await late.hmac('blind-index:author', 'x');
  let written = false;
  const process = aProcess(database.db, {
    tables: [
      {
        ...books,
        reseal: async (row, tools) => {
          if (row.shelf === 's6' && !written) {
            written = true;
            await addBook(database.db, late, 'a0', 'late', '迟到的');
          }
          return books.reseal(row, tools);
        },
      },
    ],
  });
  await process.rotation.begin('u-1');
  await process.rotation.settled();
  expect(written).toBe(true);
  expect((await process.rotation.find())?.state).toBe('done');
  expect(await findBooks(database.db, process.crypto, '迟到的')).toEqual(['a0.late']);
});

test('R55: data keys lie sealed under the master key; another master key is told at once, an altered key is refused', async () => {
  const { crypto, keeper } = aProcess(database.db);
  await fill(crypto, 1);
  await keeper.renew('r-1');
  await keeper.renew('r-1');
  expect((await keeper.list()).filter(({ purpose }) => purpose === 'file')).toHaveLength(2);
  const wrong = storedKeys(database.db, Buffer.alloc(32, 8), systemClock);
  await expect(wrong.ring.current('file')).rejects.toThrow(MasterKeyWrong);
  await sql`update kernel.data_key set sealed_root = (select sealed_root from kernel.data_key where version = 2 and purpose = 'exchange') where purpose = 'file' and version = 2`.execute(
    database.ownerDb,
  );
  await expect(aProcess(database.db).keeper.list()).rejects.toThrow(SealBroken);
});
