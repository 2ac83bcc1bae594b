import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Tables of an area's registry. The record is one text with personal values sealed inside; what lists search and sort by stands in columns
 * beside it. No column says what an organisation is called: that is said where organisations are kept. One entry for one organisation.
 */
export const registryMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `
create table ${schema}.registry_entry (
  id varchar(40) primary key,
  organisation_id varchar(40) not null unique,
  lifecycle_version integer not null,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  origin varchar(10) not null,
  opened_by varchar(64) not null,
  opened_at timestamptz not null,
  state_since timestamptz not null,
  deadline_at timestamptz,
  registered_at timestamptz,
  record text not null,
  record_at_step text not null,
  number varchar(60) collate "C",
  valid_until date,
  phone_index varchar(80)
);
create index registry_entry_state on ${schema}.registry_entry (state, state_since);
create index registry_entry_since on ${schema}.registry_entry (state_since, id);
create index registry_entry_valid on ${schema}.registry_entry (valid_until, id);
create index registry_entry_deadline on ${schema}.registry_entry (deadline_at);
create index registry_entry_number on ${schema}.registry_entry (number);
create index registry_entry_phone on ${schema}.registry_entry (phone_index);

create table ${schema}.registry_file (
  id varchar(40) primary key,
  entry_id varchar(40) not null references ${schema}.registry_entry (id),
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
  unique (entry_id, upload_key)
);
create index registry_file_entry on ${schema}.registry_file (entry_id, uploaded_at);

create table ${schema}.registry_check (
  entry_id varchar(40) primary key references ${schema}.registry_entry (id),
  reference varchar(100) not null,
  status varchar(14) not null,
  outcome varchar(20),
  text varchar(500) not null,
  answer text,
  asked_at timestamptz not null,
  answered_at timestamptz
);

create table ${schema}.registry_import (
  id varchar(40) primary key,
  uploaded_by varchar(64) not null,
  upload_key varchar(64) not null,
  uploaded_at timestamptz not null,
  file_name varchar(200) not null,
  total integer not null,
  good integer not null,
  fault_count integer not null,
  new_organisations integer not null,
  faults text not null,
  rows text,
  entered integer,
  unique (uploaded_by, upload_key)
);
`,
});
