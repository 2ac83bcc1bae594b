import type { Migration } from '#kernel/db/migrate.ts';

/** Messages from outside systems, each once under its key, and the nonces that may not come again. */
export const inboxMigration: Migration = {
  id: 'kernel/0021-inbox',
  sql: `
create table kernel.inbox (
  id varchar(36) primary key,
  connector varchar(60) not null,
  exchange varchar(60) not null,
  idem_key varchar(200) not null,
  body text not null,
  body_digest varchar(64) not null,
  case_type varchar(60),
  case_id varchar(64),
  status varchar(8) not null,
  code varchar(20) not null,
  message varchar(240) not null,
  received_at timestamptz not null,
  trace_id varchar(64) not null
);
create unique index inbox_key on kernel.inbox (connector, exchange, idem_key);
create index inbox_case on kernel.inbox (case_type, case_id, received_at);
create table kernel.inbound_nonce (
  app_id varchar(60) not null,
  nonce varchar(64) not null,
  seen_at timestamptz not null,
  primary key (app_id, nonce)
);
create index inbound_nonce_seen on kernel.inbound_nonce (seen_at);
`,
};
