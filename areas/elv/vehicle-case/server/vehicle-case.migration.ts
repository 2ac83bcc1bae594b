/**
 * Tables of the vehicle case. The record is one text with personal values sealed inside; what lists search and sort by stands in
 * columns beside it. Codes are compared byte by byte (`collate "C"`), so a prefix search walks the index.
 */
export const vehicleCaseMigration = {
  id: 'elv/0001-vehicle-case',
  sql: `
create schema elv;
create table elv.vehicle_case (
  id varchar(40) primary key,
  case_no varchar(24) collate "C" not null unique,
  open_key varchar(64) not null unique,
  lifecycle_version integer not null,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  holds varchar(120) not null,
  enterprise_id varchar(40) not null,
  enterprise_name varchar(120) not null,
  enterprise_code varchar(18) not null,
  opened_by varchar(64) not null,
  opened_at timestamptz not null,
  state_since timestamptz not null,
  deadline_at timestamptz,
  record text not null,
  record_at_step text not null,
  plate_no varchar(20) collate "C",
  plate_type_code varchar(2),
  vin varchar(40) collate "C",
  vin_reversed varchar(40) collate "C",
  brand_model varchar(80),
  vehicle_type_code varchar(3),
  owner_name varchar(80) collate "C",
  owner_identity_index varchar(80),
  owner_phone_index varchar(80),
  marks varchar(200) not null
);
create index vehicle_case_enterprise_state on elv.vehicle_case (enterprise_id, state, state_since);
create index vehicle_case_state on elv.vehicle_case (state, state_since);
create index vehicle_case_since on elv.vehicle_case (state_since, id);
create index vehicle_case_enterprise_since on elv.vehicle_case (enterprise_id, state_since);
create index vehicle_case_opened on elv.vehicle_case (opened_at);
create index vehicle_case_deadline on elv.vehicle_case (deadline_at);
create index vehicle_case_plate on elv.vehicle_case (plate_no);
create index vehicle_case_vin on elv.vehicle_case (vin);
create index vehicle_case_vin_reversed on elv.vehicle_case (vin_reversed);
create index vehicle_case_owner on elv.vehicle_case (owner_name);
create index vehicle_case_owner_identity on elv.vehicle_case (owner_identity_index);
create index vehicle_case_owner_phone on elv.vehicle_case (owner_phone_index);

create table elv.vehicle_claim (
  vin varchar(40) primary key,
  case_id varchar(40) not null unique,
  case_no varchar(24) not null,
  enterprise_id varchar(40) not null,
  enterprise_name varchar(120) not null,
  since timestamptz not null
);

create table elv.vehicle_photo (
  id varchar(40) primary key,
  case_id varchar(40) not null references elv.vehicle_case (id),
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
  device_time timestamptz,
  place varchar(200),
  removed_at timestamptz,
  removed_by varchar(64),
  ocr_status varchar(12) not null,
  ocr_message varchar(300),
  ocr_fields text,
  unique (case_id, upload_key)
);
create index vehicle_photo_case on elv.vehicle_photo (case_id, uploaded_at);
create index vehicle_photo_sm3 on elv.vehicle_photo (sm3);

create table elv.vehicle_check (
  case_id varchar(40) not null references elv.vehicle_case (id),
  kind varchar(30) not null,
  asked_of varchar(64) not null,
  status varchar(14) not null,
  verdict varchar(8),
  text varchar(500) not null,
  answer text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (case_id, kind)
);

create table elv.case_counter (
  day varchar(8) primary key,
  last integer not null
);
`,
};

/** The district of a case's enterprise, by which district officers' rows are told; the registration district of the credit code until then. */
export const caseDistrictMigration = {
  id: 'elv/0002-case-district',
  sql: `
alter table elv.vehicle_case add column district_code varchar(6) collate "C";
update elv.vehicle_case set district_code = substring(enterprise_code from 3 for 6);
create index vehicle_case_district_state on elv.vehicle_case (district_code, state, state_since);
create index vehicle_case_district_since on elv.vehicle_case (district_code, state_since);
create index vehicle_case_opened_by on elv.vehicle_case (opened_by, state_since);
`,
};

/** The cases of an enterprise one after another, as a recount of the statistics reads them. */
export const caseOrderMigration = {
  id: 'elv/0008-case-order',
  sql: `
create index vehicle_case_enterprise_id on elv.vehicle_case (enterprise_id, id);
`,
};

/**
 * While a case is held its period stands still: `held_since` is when it was first held, `held_deadline` when its period would have run out,
 * and `deadline_at` is empty, so that nothing counts it as overdue. Of cases held already the period stands still from now on.
 */
export const heldCaseMigration = {
  id: 'elv/0013-held-case',
  sql: `
alter table elv.vehicle_case add column held_since timestamptz, add column held_deadline timestamptz;
update elv.vehicle_case set held_since = current_timestamp, held_deadline = deadline_at, deadline_at = null where holds <> '';
create index vehicle_case_holds on elv.vehicle_case (holds, state_since);
`,
};

/** What became of an answer that demands what could not be done; not kept any more, see {@link frozenAnywhereMigration}. */
export const unheededAnswerMigration = {
  id: 'elv/0012-unheeded-answer',
  sql: `
alter table elv.vehicle_check add column unheeded_in varchar(40), add column asking_id varchar(40);
`,
};

/** A case is frozen wherever it stands, so nothing is kept of a freezing that was not possible. */
export const frozenAnywhereMigration = {
  id: 'elv/0014-frozen-anywhere',
  sql: `
alter table elv.vehicle_check drop column unheeded_in, drop column asking_id;
`,
};

/** Cases that enterprises' own systems opened: one for each of the enterprise's own numbers. */
export const caseReferenceMigration = {
  id: 'elv/0018-case-reference',
  sql: `
create table elv.case_reference (
  enterprise_id varchar(40) not null,
  reference varchar(64) collate "C" not null,
  case_id varchar(40) not null unique references elv.vehicle_case (id),
  content_digest varchar(64) not null,
  primary key (enterprise_id, reference)
);
`,
};

/** While another identity is asserted a case has claims upon two vehicles: nobody else may hand in either. Source: ADR 0053. */
export const assertedIdentityMigration = {
  id: 'elv/0026-asserted-identity',
  sql: `
alter table elv.vehicle_claim drop constraint vehicle_claim_case_id_key;
create index vehicle_claim_case on elv.vehicle_claim (case_id);
`,
};

/** Papers to be read, each taken in hand by one process for a while; what is over has no row. Source: ADR 0054. */
export const paperReadingMigration = {
  id: 'elv/0034-paper-reading',
  sql: `
create table elv.paper_reading (
  photo_id varchar(36) primary key,
  case_id varchar(36) not null,
  held_until timestamptz
);
insert into elv.paper_reading (photo_id, case_id)
  select id, case_id from elv.vehicle_photo where ocr_status in ('waiting', 'reading') and removed_at is null;
`,
};

/** Few combinations of marks are met; a search by marks looks for those that have it, and reads the cases of each by their enterprise or district. */
export const caseMarksMigration = {
  id: 'elv/0027-case-marks',
  sql: `
create index vehicle_case_marks on elv.vehicle_case (marks, enterprise_id, district_code);
`,
};

/**
 * Changes of an enterprise's cases are numbered once their steps are over, so that who asks for them behind a number misses none, however long a step takes.
 * Those there are get theirs in the order of their moments, which is how they were told.
 */
export const changeNumberMigration = {
  id: 'elv/0028-change-number',
  sql: `
alter table elv.vehicle_case add column change_no integer;
update elv.vehicle_case as c set change_no = numbered.no
  from (select id, row_number() over (order by enterprise_id, state_since, id) as no from elv.vehicle_case) as numbered
  where c.id = numbered.id;
create index vehicle_case_enterprise_change on elv.vehicle_case (enterprise_id, change_no, state_since);
create table elv.change_counter (
  enterprise_id varchar(40) primary key,
  last integer not null
);
insert into elv.change_counter (enterprise_id, last) select enterprise_id, max(change_no) from elv.vehicle_case group by enterprise_id;
`,
};
