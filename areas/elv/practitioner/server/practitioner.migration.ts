import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Tables of people at work. A row of `practitioner` is a person at one enterprise, from the first day there to the last; whom it is stands in
 * `practitioner_identity`, which the same person shares at every enterprise. Names, phones, identity and certificate numbers are sealed.
 */
export const practitionerMigration: Migration = {
  id: 'elv/0021-practitioner',
  sql: `
create table elv.practitioner_identity (
  id varchar(40) primary key,
  number_index varchar(80) not null unique,
  number_sealed text not null
);

create table elv.practitioner (
  id varchar(40) primary key,
  person_id varchar(40) not null references elv.practitioner_identity (id),
  working_person_id varchar(40),
  version integer not null,
  organisation_id varchar(40) not null,
  organisation_name varchar(120) not null,
  district_code varchar(6) collate "C",
  person_sealed text not null,
  name_index varchar(80) not null,
  post varchar(40) not null,
  since date not null,
  left_on date,
  left_noted_at timestamptz,
  entered_by varchar(64) not null,
  entered_at timestamptz not null,
  unique (organisation_id, working_person_id)
);
create index practitioner_person on elv.practitioner (person_id);
create index practitioner_name on elv.practitioner (name_index);
create index practitioner_entered on elv.practitioner (entered_at, id);
create index practitioner_since on elv.practitioner (since, id);
create index practitioner_enterprise on elv.practitioner (organisation_id, entered_at);
create index practitioner_district on elv.practitioner (district_code, entered_at);
create index practitioner_at_post on elv.practitioner (post, entered_at);

create table elv.practitioner_post (
  id varchar(40) primary key,
  practitioner_id varchar(40) not null references elv.practitioner (id),
  post varchar(40) not null,
  from_on date not null,
  until_on date,
  until_noted_at timestamptz,
  entered_at timestamptz not null
);
create index practitioner_post_of on elv.practitioner_post (practitioner_id, from_on);

create table elv.practitioner_certificate (
  id varchar(40) primary key,
  practitioner_id varchar(40) not null references elv.practitioner (id),
  entry_key varchar(64) not null,
  kind varchar(40) not null,
  number_sealed text not null,
  issued_on date not null,
  valid_until date,
  issuer varchar(80) not null,
  latest boolean not null,
  warned_at timestamptz,
  file_id varchar(40),
  file_name varchar(200),
  file_sm3 varchar(64),
  entered_by varchar(64) not null,
  entered_at timestamptz not null,
  removed_at timestamptz,
  removed_by varchar(64),
  unique (practitioner_id, entry_key)
);
create index practitioner_certificate_until on elv.practitioner_certificate (valid_until, id);

create table elv.practitioner_training (
  id varchar(40) primary key,
  practitioner_id varchar(40) not null references elv.practitioner (id),
  entry_key varchar(64) not null,
  title varchar(80) not null,
  hours integer not null,
  held_on date not null,
  result varchar(20) not null,
  entered_by varchar(64) not null,
  entered_at timestamptz not null,
  removed_at timestamptz,
  removed_by varchar(64),
  unique (practitioner_id, entry_key)
);

create table elv.practitioner_conduct (
  id varchar(40) primary key,
  practitioner_id varchar(40) not null references elv.practitioner (id),
  entry_key varchar(64) not null,
  organisation_id varchar(40) not null,
  district_code varchar(6) collate "C",
  lifecycle_version integer not null,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  nature varchar(10) not null,
  occurred_on date not null,
  recorded_by varchar(64) not null,
  recorded_at timestamptz not null,
  state_since timestamptz not null,
  deadline_at timestamptz,
  record text not null,
  record_at_step text not null,
  unique (practitioner_id, entry_key)
);
create index practitioner_conduct_state on elv.practitioner_conduct (state, state_since);

create table elv.practitioner_archive (
  person_id varchar(40) not null references elv.practitioner_identity (id),
  year integer not null,
  written_at timestamptz not null,
  content text not null,
  sm3 varchar(64) not null,
  primary key (person_id, year)
);
create table elv.practitioner_archive_year (
  year integer primary key,
  done_at timestamptz,
  people integer not null
);

create table elv.practitioner_import (
  id varchar(40) primary key,
  uploaded_by varchar(64) not null,
  upload_key varchar(64) not null,
  uploaded_at timestamptz not null,
  organisation_id varchar(40) not null,
  file_name varchar(200) not null,
  total integer not null,
  good integer not null,
  fault_count integer not null,
  faults text not null,
  rows text,
  entered integer,
  unique (uploaded_by, upload_key)
);
create index practitioner_import_uploaded on elv.practitioner_import (uploaded_at);
`,
};
