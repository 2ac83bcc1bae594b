/**
 * What is kept of a person beside the account: post, district, who opened it, sealed phone, e-mail and identity number with blind indexes
 * to find them by; and workbooks of people on their way in, sealed while they wait. Source: tender R42; domain 10.5.
 */
export const personMigration = {
  id: 'governance/0004-person',
  sql: `
alter table governance.user_account add column person_version integer not null default 1;
alter table governance.user_account add column post varchar(80);
alter table governance.user_account add column district_code varchar(6) collate "C";
alter table governance.user_account add column identity_sealed varchar(600);
alter table governance.user_account add column identity_no_index varchar(80);
alter table governance.user_account add column phone_sealed varchar(600);
alter table governance.user_account add column phone_index varchar(80);
alter table governance.user_account add column email_sealed varchar(900);
alter table governance.user_account add column opened_by varchar(64);
create index user_account_organisation on governance.user_account (organisation_id, created_at);
create index user_account_created on governance.user_account (created_at, id);
create index user_account_phone on governance.user_account (phone_index);
create index user_account_identity_no on governance.user_account (identity_no_index);
create table governance.person_import (
  id varchar(40) primary key,
  uploaded_by varchar(64) not null,
  upload_key varchar(64) not null,
  uploaded_at timestamptz not null,
  file_name varchar(200) not null,
  total integer not null,
  good integer not null,
  fault_count integer not null,
  faults text not null,
  people text,
  opened integer,
  passwords text,
  unique (uploaded_by, upload_key)
);
create index person_import_uploaded on governance.person_import (uploaded_at);
`,
};

/** Who shut an account: whoever looks after an enterprise does not open again what the platform has shut. Source: tender R42. */
export const disabledByMigration = {
  id: 'governance/0006-disabled-by',
  sql: `
alter table governance.user_account add column disabled_by_platform boolean not null default false;
update governance.user_account set disabled_by_platform = true where status <> 'active';
`,
};

/** Until when the platform lets an account serve: whoever looks after an enterprise sets no later day. Source: tender R42. */
export const validityLimitMigration = {
  id: 'governance/0009-validity-limit',
  sql: `
alter table governance.user_account add column validity_limit timestamptz;
update governance.user_account set validity_limit = valid_until;
`,
};
