import type { Migration } from './migrate.ts';

/** At most one row: the database was made for a trial, and made-up cases may be put into it by the million. Whoever serves can only read it. */
export const trialMigration: Migration = {
  id: 'kernel/0066-trial',
  appendOnly: ['kernel.trial'],
  readOnly: ['kernel.trial'],
  sql: `
create table kernel.trial (
  id varchar(10) primary key,
  since timestamptz not null
);
`,
};
