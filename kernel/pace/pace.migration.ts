import type { Migration } from '#kernel/db/migrate.ts';

/** How often something was done in each minute, by what is counted; whole minutes since 1970. Rows older than a few minutes are erased. */
export const paceMigration: Migration = {
  id: 'kernel/0068-pace',
  sql: `
create table kernel.pace (
  key varchar(200) not null,
  minute integer not null,
  count integer not null,
  primary key (key, minute)
);
create index pace_minute on kernel.pace (minute);
`,
};
