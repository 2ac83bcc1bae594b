/** People, their organisations and their sessions. Source: tender R42. */
export const accountMigration = {
  id: 'governance/0001-account',
  sql: `
create schema governance;
create table governance.organisation (
  id varchar(40) primary key,
  name varchar(120) not null,
  credit_code varchar(18) not null unique,
  district_code varchar(6) not null,
  kind varchar(20) not null
);
create table governance.user_account (
  id varchar(40) primary key,
  user_name varchar(40) collate "C" not null unique,
  name varchar(80) not null,
  organisation_id varchar(40) references governance.organisation (id),
  password_hash varchar(200) not null,
  failures integer not null,
  locked_until timestamptz,
  created_at timestamptz not null
);
create table governance.user_role (
  user_id varchar(40) not null references governance.user_account (id),
  role_id varchar(40) not null,
  primary key (user_id, role_id)
);
create table governance.session (
  token_sm3 varchar(64) primary key,
  user_id varchar(40) not null references governance.user_account (id),
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index session_of_user on governance.session (user_id);
`,
};

/** Who holds which role stands in the access list of the kernel since it exists. */
export const rolesMovedMigration = {
  id: 'governance/0002-roles-moved',
  sql: 'drop table governance.user_role;',
};
