/** Exports of the list of cases, from being asked for to being cleared away. */
export const caseExportMigration = {
  id: 'elv/0024-case-export',
  sql: `
create table elv.case_export (
  id varchar(40) primary key,
  asked_by varchar(64) not null,
  asker_name varchar(80) not null,
  asker_ip varchar(64) not null,
  ask_key varchar(64) not null,
  asked_at timestamptz not null,
  trace_id varchar(64) not null,
  permission varchar(80) not null,
  rights varchar(64) not null,
  filter text,
  conditions text not null,
  reason varchar(200) not null,
  most integer not null,
  total integer not null,
  state varchar(12) not null,
  slot integer,
  attempt integer not null,
  alive_until timestamptz,
  rows_written integer not null,
  file_key varchar(40),
  size_bytes bigint,
  sm3 varchar(64),
  expires_at timestamptz,
  failure varchar(400),
  unique (asked_by, ask_key),
  unique (asked_by, slot)
);
create index case_export_asked on elv.case_export (asked_by, asked_at);
create index case_export_state on elv.case_export (state, asked_at);
create index case_export_expires on elv.case_export (state, expires_at);
`,
};
