/**
 * The list permissions are judged by: roles, who holds them, special grants; and the seal over each version of the whole.
 * `mac` lets an auditor in while the list is broken. Source: tender R43, R44, R55 (3); ADR 0015.
 */
export const accessListMigration = {
  id: 'kernel/0014-access-list',
  appendOnly: ['kernel.access_seal'],
  sql: `
create table kernel.access_role (
  id varchar(60) primary key,
  definition text not null
);
create table kernel.access_holding (
  subject_id varchar(64) not null,
  role_id varchar(60) not null,
  mac varchar(64) not null,
  primary key (subject_id, role_id)
);
create table kernel.access_special (
  id varchar(40) primary key,
  subject_id varchar(64) not null,
  permission varchar(120) not null,
  target_id varchar(64) not null,
  effect varchar(5) not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  reason varchar(400) not null,
  approved_by varchar(64) not null
);
create table kernel.access_head (
  id varchar(8) primary key,
  version integer not null
);
insert into kernel.access_head (id, version) values ('list', 0);
create table kernel.access_seal (
  version integer primary key,
  list text not null,
  digest varchar(64) not null,
  public_key varchar(130) not null,
  signature varchar(200) not null,
  sealed_at timestamptz not null,
  sealed_by varchar(64) not null
);
`,
};
