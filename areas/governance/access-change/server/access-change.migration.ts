/** Applications to change the access list. The change itself and its sentence lie in `record`. Source: tender R43, R44. */
export const accessChangeMigration = {
  id: 'governance/0020-access-change',
  sql: `
create table governance.access_change (
  id varchar(40) primary key,
  propose_key varchar(110) not null unique,
  lifecycle_version integer not null,
  state varchar(20) not null,
  version integer not null,
  round integer not null,
  kind varchar(20) not null,
  record text not null,
  proposed_by varchar(64) not null,
  proposed_by_name varchar(80) not null,
  proposed_at timestamptz not null,
  decided_by varchar(64),
  decided_by_name varchar(80),
  decided_at timestamptz
);
create index access_change_state on governance.access_change (state, proposed_at);
create index access_change_at on governance.access_change (proposed_at);
`,
};
