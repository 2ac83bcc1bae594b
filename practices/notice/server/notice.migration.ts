/**
 * What people were told: one row for each recipient, with the words as they were. A step told twice is told once. `unread` stands beside `read_at` so that the
 * unread of a person are one stretch of an index. Source: tender R13, R49.
 */
export const noticeMigration = {
  id: 'notice/0001-notice',
  sql: `
create schema notice;
create table notice.notice (
  id varchar(40) primary key,
  kind varchar(80) not null,
  group_id varchar(60) not null,
  matter_type varchar(60) not null,
  matter_id varchar(64) not null,
  occasion varchar(80) not null,
  recipient_id varchar(40) not null,
  title varchar(80) not null,
  body varchar(400) not null,
  raised_at timestamptz not null,
  unread boolean not null,
  read_at timestamptz
);
create unique index notice_once on notice.notice (kind, matter_type, matter_id, occasion, recipient_id);
create index notice_of_recipient on notice.notice (recipient_id, raised_at, id);
create index notice_unread on notice.notice (recipient_id, unread, raised_at, id);
`,
};

/**
 * What of it left the house and how it stands there, one row for each way; what the recipient wants of that. `outward` is `due` until somebody has seen to it.
 * Source: tender R13, R49.
 */
export const deliveryMigration = {
  id: 'notice/0002-delivery',
  sql: `
alter table notice.notice add column outside varchar(200);
alter table notice.notice add column outward varchar(4) not null default 'done';
create index notice_outward on notice.notice (outward, raised_at);
create table notice.delivery (
  notice_id varchar(40) not null references notice.notice (id),
  channel varchar(8) not null,
  state varchar(12) not null,
  reason varchar(100),
  queued_at timestamptz not null,
  changed_at timestamptz not null,
  reported_at timestamptz,
  primary key (notice_id, channel)
);
create index delivery_queued on notice.delivery (queued_at, notice_id);
create index delivery_state on notice.delivery (state, queued_at);
create table notice.preference (
  person_id varchar(40) not null,
  group_id varchar(60) not null,
  channel varchar(8) not null,
  wanted boolean not null,
  primary key (person_id, group_id, channel)
);
`,
};

/**
 * What steps left to be told where people are kept by another process: the words as they are told, and what says whom. A row goes once they are told.
 * Source: tender T2.2; ADR 0040, ADR 0058.
 */
export const newsMigration = {
  id: 'notice/0003-news',
  sql: `
create table notice.news (
  id varchar(40) primary key,
  kind varchar(80) not null,
  group_id varchar(60) not null,
  matter_type varchar(60) not null,
  matter_id varchar(64) not null,
  matter_row text not null,
  occasion varchar(80) not null,
  permission varchar(120) not null,
  organisation_id varchar(64),
  person_id varchar(40),
  title varchar(80) not null,
  body varchar(400) not null,
  outside varchar(200),
  raised_at timestamptz not null
);
`,
};
