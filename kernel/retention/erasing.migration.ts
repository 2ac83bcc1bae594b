import type { Migration } from '#kernel/db/migrate.ts';

/** How far each kind of erasing has come, and how much it has erased; received messages may lose what they said. */
export const erasingMigration: Migration = {
  id: 'kernel/0070-erasing',
  sql: `
create table kernel.erasing (
  id varchar(60) primary key,
  after_key varchar(40) not null,
  looked_at timestamptz not null,
  erased_at timestamptz,
  last_count bigint not null,
  whole_count bigint not null
);
alter table kernel.inbox alter column body drop not null;
`,
};
