import type { Migration } from '#kernel/db/migrate.ts';

/** The processes that serve on this database, each as it last showed itself. */
export const operatingMigration: Migration = {
  id: 'governance/0030-process',
  sql: `
create table governance.process (
  id varchar(36) primary key,
  host varchar(120) not null,
  pid integer not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  figures text not null
);
create index process_seen on governance.process (seen_at);
`,
};
