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
