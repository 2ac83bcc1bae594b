import { sql } from 'kysely';
import { blindIndex, blindIndexes } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { storedKeys } from '#kernel/crypto/key.store.ts';
import { keyRotation } from '#kernel/crypto/rotation.ts';
import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Db } from '#kernel/db/database.ts';
import { systemClock } from '#kernel/time/clock.ts';

/** The master key of these tests. */
export const testMaster = Buffer.alloc(32, 7);

const placeOf = (shelf: string, book: string): string => `library.book:${shelf}:${book}`;

/** A made-up table with a key of two columns, a sealed text and a blind index of it. */
export const books: SealedTable = {
  table: 'library.book',
  title: '图书',
  key: ['shelf', 'book'],
  columns: ['author', 'author_index'],
  reseal: async ({ shelf, book, author }, { crypto, again }) => {
    const place = placeOf(shelf ?? '', book ?? '');
    const name = Buffer.from(await crypto.open('personal-data', author ?? '', place)).toString('utf8');
    return {
      author: await again('personal-data', author ?? '', place),
      author_index: await blindIndex(crypto, 'author', name),
    };
  },
};

/** Puts the table of books into a database. */
export const makeLibrary = async (ownerDb: Db): Promise<void> => {
  await sql`create schema library`.execute(ownerDb);
  await sql`create table library.book (shelf varchar(9), book varchar(9), author text, author_index varchar(80), primary key (shelf, book))`.execute(
    ownerDb,
  );
  await sql`grant usage on schema library to hushang_app`.execute(ownerDb);
  await sql`grant select, insert, update, delete on library.book to hushang_app`.execute(ownerDb);
};

/** Writes a book as the product would: sealed, with its index. */
export const addBook = async (db: Db, crypto: Crypto, shelf: string, book: string, author: string): Promise<void> => {
  const sealed = await crypto.seal('personal-data', Buffer.from(author), placeOf(shelf, book));
  const index = await blindIndex(crypto, 'author', author);
  await sql`insert into library.book values (${shelf}, ${book}, ${sealed}, ${index})`.execute(db);
};

/** Every author as opened now, by their books. */
export const readAuthors = async (db: Db, crypto: Crypto): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await sql<{ shelf: string; book: string; author: string }>`select * from library.book`.execute(db);
  const pairs = rows.map(async ({ shelf, book, author }) => {
    const plain = await crypto.open('personal-data', author, placeOf(shelf, book));
    return [`${shelf}.${book}`, Buffer.from(plain).toString('utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
};

/** The books found by their author, as a search would. */
export const findBooks = async (db: Db, crypto: Crypto, author: string): Promise<readonly string[]> => {
  const indexes = await blindIndexes(crypto, 'author', author);
  const { rows } = await sql<{ shelf: string; book: string }>`select shelf, book from library.book
    where author_index in (${sql.join(indexes)}) order by shelf, book`.execute(db);
  return rows.map(({ shelf, book }) => `${shelf}.${book}`);
};

/** Keys, edition and job as a process of its own would have them. `wrap` may break the edition the job works with. */
export const aProcess = (
  db: Db,
  options: { readonly tables?: readonly SealedTable[]; readonly wrap?: (crypto: Crypto) => Crypto } = {},
) => {
  const { ring, keeper } = storedKeys(db, testMaster, systemClock);
  const crypto = softwareCrypto(ring);
  const failures: unknown[] = [];
  const ends: string[] = [];
  const rotation = keyRotation({
    db,
    crypto: options.wrap?.(crypto) ?? crypto,
    keeper,
    clock: systemClock,
    tables: options.tables ?? [books],
    quietMs: 0,
    onEnd: async ({ state }) => {
      ends.push(state);
    },
    onFailure: (error) => failures.push(error),
  });
  return { crypto, keeper, rotation, failures, ends };
};
