/** Security alerts. One alert for one rule, one person or address, and one stretch of time. Source: tender R45. */
export const auditLogMigration = {
  id: 'governance/0010-audit-alert',
  sql: `
create table governance.audit_alert (
  id varchar(36) primary key,
  rule varchar(40) not null,
  about varchar(120) not null,
  about_name varchar(120) not null,
  actor_id varchar(64),
  words varchar(400) not null,
  count integer not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  raised_at timestamptz not null,
  state varchar(8) not null,
  handled_by varchar(64),
  handled_by_name varchar(80),
  handled_at timestamptz,
  opinion varchar(500),
  search text not null,
  unique (rule, about, from_at)
);
create index audit_alert_state on governance.audit_alert (state, raised_at);
create index audit_alert_about on governance.audit_alert (rule, about, raised_at);
`,
};
