/** Steps of all cases: the record of what was done, by whom, signed; only ever added to. */
export const stepMigration = {
  id: 'kernel/0011-step',
  appendOnly: ['kernel.step'],
  sql: `
create table kernel.step (
  case_type varchar(60) not null,
  case_id varchar(64) not null,
  seq integer not null,
  step_key varchar(64) not null,
  action varchar(60) not null,
  from_state varchar(40) not null,
  to_state varchar(40) not null,
  round integer not null,
  version integer not null,
  actor_id varchar(64) not null,
  actor_name varchar(80) not null,
  actor_organisation_id varchar(64),
  organisation_name varchar(120),
  at timestamptz not null,
  input text not null,
  record_digest varchar(64) not null,
  changes text not null,
  prev varchar(64) not null,
  digest varchar(64) not null,
  public_key varchar(140),
  signature varchar(200),
  primary key (case_type, case_id, seq),
  unique (case_type, case_id, step_key)
);
create table kernel.signing_key (
  owner_id varchar(64) primary key,
  public_key varchar(140) not null,
  sealed_private_key text not null,
  created_at timestamptz not null
);
`,
};
