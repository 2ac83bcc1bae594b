import type { Migration } from '#kernel/db/migrate.ts';

/** The backups that were made of this database, and when one of them was read back whole. */
export const backupNoteMigration: Migration = {
  id: 'kernel/0069-backup',
  sql: `
create table kernel.backup (
  digest varchar(64) primary key,
  place varchar(400) not null,
  moment_at timestamptz not null,
  ended_at timestamptz not null,
  files bigint not null,
  bytes bigint not null,
  copied_bytes bigint not null,
  missing bigint not null,
  checked_at timestamptz
);
create index backup_moment on kernel.backup (moment_at);
`,
};
