import type { Migration } from '#kernel/db/migrate.ts';

/** Tables of withdrawals. Nothing in the record is personal; what lists search and sort by stands in columns beside it. */
export const withdrawalMigration: Migration = {
  id: 'elv/0011-withdrawal',
  sql: `
create table elv.withdrawal (
  id varchar(40) primary key,
  withdrawal_no varchar(24) collate "C" not null unique,
  lifecycle_version integer not null,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  case_id varchar(40) not null,
  living_case_id varchar(40) unique,
  enterprise_id varchar(40) not null,
  enterprise_name varchar(120) not null,
  district_code varchar(6) collate "C",
  successor_id varchar(40),
  successor_case_id varchar(40) unique,
  opened_by varchar(64) not null,
  opened_at timestamptz not null,
  state_since timestamptz not null,
  deadline_at timestamptz,
  record text not null,
  record_at_step text not null,
  kind varchar(20),
  case_no varchar(24) collate "C" not null,
  plate_no varchar(20) collate "C",
  vin varchar(40) collate "C"
);
create index withdrawal_case on elv.withdrawal (case_id, opened_at);
create index withdrawal_state on elv.withdrawal (state, state_since);
create index withdrawal_since on elv.withdrawal (state_since, id);
create index withdrawal_opened on elv.withdrawal (opened_at, id);
create index withdrawal_deadline on elv.withdrawal (deadline_at, id);
create index withdrawal_enterprise on elv.withdrawal (enterprise_id, state_since);
create index withdrawal_successor on elv.withdrawal (successor_id, state_since);
create index withdrawal_district on elv.withdrawal (district_code, state_since);
create index withdrawal_case_no on elv.withdrawal (case_no);
create index withdrawal_plate on elv.withdrawal (plate_no);
create index withdrawal_vin on elv.withdrawal (vin);

create table elv.withdrawal_paper (
  id varchar(40) primary key,
  withdrawal_id varchar(40) not null references elv.withdrawal (id),
  part varchar(60) not null,
  upload_key varchar(64) not null,
  file_id varchar(40) not null,
  file_name varchar(200) not null,
  media_type varchar(60) not null,
  size_bytes bigint not null,
  sm3 varchar(64) not null,
  uploaded_at timestamptz not null,
  operator_id varchar(64) not null,
  operator_name varchar(80) not null,
  removed_at timestamptz,
  removed_by varchar(64),
  unique (withdrawal_id, upload_key)
);
create index withdrawal_paper_withdrawal on elv.withdrawal_paper (withdrawal_id, uploaded_at);

create table elv.withdrawal_counter (
  day varchar(8) primary key,
  last integer not null
);
`,
};
