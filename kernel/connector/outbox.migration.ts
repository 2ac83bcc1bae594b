import type { Migration } from '#kernel/db/migrate.ts';

/** Messages to outside systems. A row joins the transaction of the step that causes it. */
export const outboxMigration: Migration = {
  id: 'kernel/0020-outbox',
  sql: `
create table kernel.outbox (
  id varchar(36) primary key,
  connector varchar(60) not null,
  exchange varchar(60) not null,
  idem_key varchar(200) not null,
  body text,
  body_digest varchar(64) not null,
  case_type varchar(60),
  case_id varchar(64),
  status varchar(8) not null,
  attempts integer not null,
  failures integer not null,
  due_at timestamptz not null,
  leased_until timestamptz,
  lease_owner varchar(80),
  last_outcome varchar(12),
  last_error varchar(240),
  answer text,
  answered_at timestamptz,
  created_at timestamptz not null,
  trace_id varchar(64) not null
);
create unique index outbox_key on kernel.outbox (connector, exchange, idem_key);
create index outbox_due on kernel.outbox (connector, status, due_at);
create index outbox_case on kernel.outbox (case_type, case_id, created_at);
`,
};

/** Who of many behind one connector gets a message; empty where a connector is one system. */
export const outboxRecipientMigration: Migration = {
  id: 'kernel/0062-outbox-recipient',
  sql: `
alter table kernel.outbox add column recipient varchar(64) not null default '';
`,
};
