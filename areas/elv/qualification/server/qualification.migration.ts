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

/** What the data lake tells of penalties, and the last question about each enterprise. */
export const penaltyMigration: Migration = {
  id: 'elv_qualification/0003-penalty',
  sql: `
create table elv_qualification.penalty (
  penalty_no varchar(80) collate "C" not null,
  organisation_id varchar(40) not null,
  department varchar(100) not null,
  decided_on date not null,
  basis varchar(500),
  content varchar(2000) not null,
  amount_fen bigint,
  public_until date,
  gone_at timestamptz,
  primary key (organisation_id, penalty_no)
);
create index penalty_decided on elv_qualification.penalty (organisation_id, decided_on);
create table elv_qualification.penalty_asking (
  organisation_id varchar(40) primary key,
  reference varchar(100) not null unique,
  status varchar(14) not null,
  text varchar(500) not null,
  asked_at timestamptz not null,
  as_of timestamptz
);
`,
};

/** What the hotline tells of complaints, without anything of who complained, and the last question about each enterprise. */
export const complaintMigration: Migration = {
  id: 'elv_qualification/0004-complaint',
  sql: `
create table elv_qualification.complaint (
  order_no varchar(60) collate "C" not null,
  organisation_id varchar(40) not null,
  appeal_type varchar(20) not null,
  category varchar(100),
  accepted_at timestamptz not null,
  resolve_deadline timestamptz,
  status varchar(40) not null,
  finding varchar(20),
  gone_at timestamptz,
  primary key (organisation_id, order_no)
);
create index complaint_accepted on elv_qualification.complaint (organisation_id, accepted_at);
create table elv_qualification.complaint_asking (
  organisation_id varchar(40) primary key,
  reference varchar(100) not null unique,
  status varchar(14) not null,
  text varchar(500) not null,
  asked_at timestamptz not null,
  as_of timestamptz
);
`,
};

/** What the enforcement system tells of its events, without anybody's name, and the last question about each enterprise. */
export const enforcementMigration: Migration = {
  id: 'elv_qualification/0005-enforcement',
  sql: `
create table elv_qualification.enforcement_event (
  event_no varchar(80) collate "C" not null,
  organisation_id varchar(40) not null,
  case_no varchar(80) collate "C" not null,
  kind varchar(40) not null,
  happened_on date not null,
  department varchar(100) not null,
  matter varchar(2000) not null,
  state varchar(40) not null,
  result varchar(500),
  gone_at timestamptz,
  primary key (organisation_id, event_no)
);
create index enforcement_event_happened on elv_qualification.enforcement_event (organisation_id, happened_on);
create table elv_qualification.enforcement_asking (
  organisation_id varchar(40) primary key,
  reference varchar(100) not null unique,
  status varchar(14) not null,
  text varchar(500) not null,
  asked_at timestamptz not null,
  as_of timestamptz
);
`,
};
