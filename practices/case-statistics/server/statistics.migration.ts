import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Numbers of an area's cases. A passage is added with the step it is of and taken out when it has been added up; so those who work write rows of
 * their own and never wait for a common one. Which period, measure and place there are is said in `passage.ts`. `case_recount` has one row for
 * each day on which the numbers were compared with the steps.
 */
export const statisticsMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `
create table ${schema}.case_passage (
  id varchar(40) primary key,
  case_type varchar(60) not null,
  case_id varchar(64) not null,
  version integer not null,
  at timestamptz not null,
  from_state varchar(40),
  to_state varchar(40) not null,
  state_seconds bigint,
  stage_seconds bigint,
  whole_seconds bigint,
  enterprise_id varchar(40) not null,
  district_code varchar(6) not null,
  unique (case_type, case_id, version)
);
create index case_passage_enterprise on ${schema}.case_passage (enterprise_id);

create table ${schema}.case_tally (
  case_type varchar(60) not null,
  period varchar(10) collate "C" not null,
  measure varchar(10) not null,
  place varchar(40) not null,
  enterprise_id varchar(40) not null,
  district_code varchar(6) not null,
  step integer not null,
  count bigint not null,
  seconds bigint not null,
  primary key (case_type, period, measure, place, enterprise_id, district_code, step)
);
create index case_tally_enterprise on ${schema}.case_tally (enterprise_id, case_type, period);

create table ${schema}.case_recount (
  case_type varchar(60) not null,
  day varchar(10) not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  cases integer,
  differences integer,
  primary key (case_type, day)
);
`,
});
