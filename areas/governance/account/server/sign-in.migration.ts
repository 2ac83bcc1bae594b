/**
 * What signing in keeps: the state of an account, earlier passwords, second factors, bindings to the government's sign-on, failures of names
 * and addresses, and single-use tickets that have been used. Sessions of before are ended. Source: tender R42.
 */
export const signInMigration = {
  id: 'governance/0003-sign-in',
  sql: `
alter table governance.user_account add column status varchar(12) not null default 'active';
alter table governance.user_account add column valid_until timestamptz;
alter table governance.user_account add column must_change boolean not null default false;
alter table governance.user_account add column password_changed_at timestamptz;
alter table governance.user_account add column failed_at timestamptz;
alter table governance.user_account add column identity_index varchar(64);
update governance.user_account set password_changed_at = created_at;
alter table governance.user_account alter column password_changed_at set not null;
create unique index user_account_identity on governance.user_account (identity_index);
create table governance.password_history (
  user_id varchar(40) not null references governance.user_account (id),
  replaced_at timestamptz not null,
  password_hash varchar(200) not null,
  primary key (user_id, password_hash)
);
create table governance.totp (
  user_id varchar(40) primary key references governance.user_account (id),
  sealed_secret varchar(400) not null,
  last_step bigint not null,
  enrolled_at timestamptz not null
);
create table governance.recovery_code (
  user_id varchar(40) not null references governance.user_account (id),
  digest varchar(64) not null,
  primary key (user_id, digest)
);
create table governance.user_certificate (
  fingerprint varchar(64) primary key,
  user_id varchar(40) not null references governance.user_account (id),
  subject varchar(400) not null,
  pem text not null,
  expires_at timestamptz not null,
  bound_at timestamptz not null
);
create index certificate_of_user on governance.user_certificate (user_id);
create table governance.sign_on_binding (
  issuer varchar(200) not null,
  subject varchar(200) not null,
  user_id varchar(40) not null references governance.user_account (id),
  bound_at timestamptz not null,
  primary key (issuer, subject)
);
create index binding_of_user on governance.sign_on_binding (user_id);
create table governance.sign_in_failure (
  key varchar(64) primary key,
  failures integer not null,
  failed_at timestamptz,
  locked_until timestamptz
);
create table governance.spent_ticket (
  ticket varchar(40) primary key,
  expires_at timestamptz not null
);
create index spent_ticket_expiry on governance.spent_ticket (expires_at);
delete from governance.session;
alter table governance.session add column id varchar(40) not null;
alter table governance.session add column stage varchar(20) not null;
alter table governance.session add column way varchar(12) not null;
alter table governance.session add column proved boolean not null;
alter table governance.session add column ip varchar(64) not null;
alter table governance.session add column user_agent varchar(300) not null;
alter table governance.session add column ended_at timestamptz;
alter table governance.session add column end_reason varchar(20);
create unique index session_id on governance.session (id);
`,
};
