/** What others have set of how a person signs in, kept for the person to see. Source: tender R42. */
export const credentialNoticeMigration = {
  id: 'governance/0008-credential-notice',
  sql: `
create table governance.credential_notice (
  id varchar(40) primary key,
  user_id varchar(40) not null references governance.user_account (id),
  at timestamptz not null,
  what varchar(20) not null,
  by_name varchar(80) not null,
  agreed_name varchar(80),
  shown_at timestamptz
);
create index credential_notice_of_user on governance.credential_notice (user_id, at);
`,
};
