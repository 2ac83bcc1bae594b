import type { Migration } from '#kernel/db/migrate.ts';

/** How far the files have been read again, so that whoever goes on, after a restart or in another process, begins where others ended. */
export const fileCheckMigration: Migration = {
  id: 'kernel/0060-file-check',
  sql: `
create table kernel.file_check (
  id varchar(20) primary key,
  after_key varchar(80) not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  checked bigint not null,
  bad bigint not null
);
`,
};
