import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Whether an enterprise is qualified, suspended or at the end stands in one row, so that who accepts a vehicle and who takes the qualification
 * away meet there. A certificate number is given once.
 */
export const qualificationMigration: Migration = {
  id: 'elv_qualification/0001-standing',
  sql: `
create schema elv_qualification;
create table elv_qualification.standing (
  organisation_id varchar(40) primary key,
  entry_id varchar(40) not null unique,
  certificate_no varchar(60) collate "C" not null unique,
  status varchar(12) not null,
  valid_until date not null,
  suspended_until date,
  changed_at timestamptz not null
);
create table elv_qualification.certificate_counter (
  year varchar(4) primary key,
  last integer not null
);
`,
};
