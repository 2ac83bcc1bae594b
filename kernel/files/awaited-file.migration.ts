import type { Migration } from '#kernel/db/migrate.ts';

/** Uploads whose bytes were announced and which no matter has taken yet; a row goes in the transaction that takes its file. */
export const awaitedFileMigration: Migration = {
  id: 'kernel/0063-awaited-file',
  sql: `
create table kernel.file_awaited (
  store_key varchar(80) primary key,
  since timestamptz not null
);
create index file_awaited_since on kernel.file_awaited (since);
`,
};
