/** Tables of the audit trail: entries may only be added; heads hold the end of each chain. Source: tender R45. */
export const auditMigration = {
  id: 'kernel/0010-audit',
  appendOnly: ['kernel.audit_entry'],
  sql: `
create table kernel.audit_entry (
  chain varchar(120) not null,
  seq bigint not null,
  at timestamptz not null,
  kind varchar(12) not null,
  action varchar(120) not null,
  actor_id varchar(64) not null,
  actor_name varchar(80) not null,
  actor_organisation_id varchar(64),
  actor_ip varchar(64) not null,
  object_type varchar(60),
  object_id varchar(64),
  outcome varchar(8) not null,
  detail text not null,
  trace_id varchar(64) not null,
  prev varchar(64) not null,
  digest varchar(64) not null,
  primary key (chain, seq)
);
create index audit_entry_at on kernel.audit_entry (at);
create index audit_entry_actor on kernel.audit_entry (actor_id, at);
create table kernel.audit_head (
  chain varchar(120) primary key,
  seq bigint not null,
  digest varchar(64) not null
);
`,
};
