/**
 * Seals over the heads of all audit chains, archives of them, and the columns and indexes by which entries are searched: one index for
 * each dimension, every one ordered by time. `about_id` is the matter an entry is about, also where the chain is the reader's.
 * `unsealed` says that a chain has moved on since it was last sealed. Source: tender R45.
 */
export const auditSealMigration = {
  id: 'kernel/0017-audit-seal',
  appendOnly: [
    'kernel.audit_seal',
    'kernel.audit_sealed_head',
    'kernel.audit_key',
    'kernel.audit_archive',
    'kernel.audit_cut',
  ],
  // Only whoever owns the database removes what was archived.
  readOnly: ['kernel.audit_cut'],
  sql: `
alter table kernel.audit_entry add column actor_agent varchar(200);
alter table kernel.audit_entry add column about_id varchar(64);
update kernel.audit_entry set about_id = object_id where object_id is not null;
create index audit_entry_kind on kernel.audit_entry (kind, at);
create index audit_entry_action on kernel.audit_entry (action, at);
create index audit_entry_organisation on kernel.audit_entry (actor_organisation_id, at);
create index audit_entry_about on kernel.audit_entry (about_id, at);
create index audit_entry_outcome on kernel.audit_entry (outcome, at);
create index audit_entry_ip on kernel.audit_entry (actor_ip, at);
create index audit_entry_trace on kernel.audit_entry (trace_id, at);
alter table kernel.audit_head add column unsealed boolean not null default true;
create index audit_head_unsealed on kernel.audit_head (unsealed);
create table kernel.audit_key (
  key_id varchar(16) primary key,
  public_key varchar(200) not null,
  made_at timestamptz not null
);
create table kernel.audit_seal (
  number bigint primary key,
  scheme integer not null,
  at timestamptz not null,
  key_id varchar(16) not null,
  prev varchar(64) not null,
  heads integer not null,
  digest varchar(64) not null,
  signature varchar(200) not null
);
create index audit_seal_at on kernel.audit_seal (at);
create table kernel.audit_sealed_head (
  seal bigint not null references kernel.audit_seal (number),
  place integer not null,
  chain varchar(120) not null,
  from_seq bigint not null,
  from_digest varchar(64) not null,
  seq bigint not null,
  digest varchar(64) not null,
  primary key (seal, place)
);
create index audit_sealed_head_chain on kernel.audit_sealed_head (chain, seq);
create table kernel.audit_archive (
  id varchar(36) primary key,
  month varchar(7) not null,
  kind varchar(12) not null,
  from_seal bigint not null,
  to_seal bigint not null,
  entries bigint not null,
  bytes bigint not null,
  sm3 varchar(64) not null,
  made_at timestamptz not null,
  made_by varchar(80) not null,
  unique (month, kind, to_seal)
);
create table kernel.audit_cut (
  chain varchar(120) not null,
  seq bigint not null,
  digest varchar(64) not null,
  archive_id varchar(36) not null,
  primary key (chain, seq)
);
`,
};
