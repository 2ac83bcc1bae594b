import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Citizens who came in by the one-stop service, their sessions and applications. Who they are and what they fill in is sealed as a whole. `open_key` opens one
 * application, ever; `living_vin` is the vehicle while an application has not ended, so that a citizen has one for it at a time. `enterprise_id` is the chosen
 * enterprise while it must answer, or has taken it.
 */
export const citizenApplicationMigration: Migration = {
  id: 'elv/0015-citizen-application',
  sql: `
create table elv.citizen (
  id varchar(48) primary key,
  outside_id varchar(60) collate "C" not null unique,
  person text not null,
  level varchar(2) not null,
  first_seen_at timestamptz not null,
  seen_at timestamptz not null
);

create table elv.citizen_session (
  token_sm3 varchar(64) primary key,
  citizen_id varchar(48) not null references elv.citizen (id),
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index citizen_session_citizen on elv.citizen_session (citizen_id, created_at);
create index citizen_session_seen on elv.citizen_session (seen_at);

create table elv.citizen_application (
  id varchar(40) primary key,
  application_no varchar(24) collate "C" not null unique,
  citizen_id varchar(48) not null references elv.citizen (id),
  open_key varchar(64) not null,
  lifecycle_version integer not null,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  enterprise_id varchar(40),
  opened_at timestamptz not null,
  state_since timestamptz not null,
  deadline_at timestamptz,
  record text not null,
  by_agent boolean not null,
  plate_no varchar(20) collate "C",
  plate_type_code varchar(2),
  vin varchar(40) collate "C",
  brand_model varchar(60),
  living_vin varchar(40) collate "C",
  case_id varchar(40) unique,
  unique (citizen_id, open_key),
  unique (citizen_id, living_vin)
);
create index citizen_application_citizen on elv.citizen_application (citizen_id, opened_at);
create index citizen_application_enterprise on elv.citizen_application (enterprise_id, state, state_since);
create index citizen_application_due on elv.citizen_application (state, deadline_at);

create table elv.citizen_photo (
  id varchar(40) primary key,
  application_id varchar(40) not null references elv.citizen_application (id),
  part varchar(60) not null,
  upload_key varchar(64) not null,
  file_id varchar(40) not null,
  file_name varchar(200) not null,
  media_type varchar(60) not null,
  size_bytes bigint not null,
  sm3 varchar(64) not null,
  uploaded_at timestamptz not null,
  device_time timestamptz,
  removed_at timestamptz,
  unique (application_id, upload_key)
);
create index citizen_photo_application on elv.citizen_photo (application_id, uploaded_at);

create table elv.citizen_application_counter (
  day varchar(8) primary key,
  last integer not null
);
`,
};

/** `reading`: what was first read of a photograph, sealed; whoever asks again is told the same and nothing is read twice. Source: assumption, adr/0044. */
export const citizenReadingMigration: Migration = {
  id: 'elv/0022-citizen-reading',
  sql: `
alter table elv.citizen_photo add column reading text;
`,
};

/**
 * A case that changes its enterprise goes on under another number: `origin_key` is what its first case was opened for, null for a first one; `told_before` counts
 * the versions of the cases before the present one, so that what is told of it goes on behind what was told of them. Lists over all enterprises are by `state_since`.
 */
export const followedCaseMigration: Migration = {
  id: 'elv/0025-followed-case',
  sql: `
alter table elv.vehicle_case add column origin_key varchar(64);
alter table elv.citizen_application add column told_before integer not null default 0;
create index citizen_application_since on elv.citizen_application (state_since, id);
`,
};

/** Lists over all enterprises by a state, and by the beginning of a plate or a frame number. */
export const citizenListMigration: Migration = {
  id: 'elv/0029-citizen-list',
  sql: `
create index citizen_application_state on elv.citizen_application (state, state_since, id);
create index citizen_application_plate on elv.citizen_application (plate_no);
create index citizen_application_vin on elv.citizen_application (vin);
`,
};
