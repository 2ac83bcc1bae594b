/**
 * Systems of enterprises. `living_app_id` is the fingerprint while the registration has not ended, so that a key is one living system's; `seal` is ours over what was confirmed,
 * so that a row changed past the program lets nobody in.
 */
export const enterpriseSystemMigration = {
  id: 'elv/0019-enterprise-system',
  sql: `
create table elv.enterprise_system (
  id varchar(40) primary key,
  register_key varchar(110) not null unique,
  lifecycle_version integer not null,
  state varchar(20) not null,
  version integer not null,
  round integer not null,
  enterprise_id varchar(40) not null,
  registered_by varchar(64) not null,
  registered_by_name varchar(80) not null,
  registered_at timestamptz not null,
  record text not null,
  app_id varchar(32) collate "C" not null,
  living_app_id varchar(32) collate "C" unique,
  webhook_of varchar(40),
  seal varchar(64),
  decided_by_name varchar(80),
  decided_at timestamptz,
  last_used_at timestamptz
);
create index enterprise_system_app on elv.enterprise_system (app_id, registered_at);
create index enterprise_system_enterprise on elv.enterprise_system (enterprise_id, registered_at);
create index enterprise_system_at on elv.enterprise_system (registered_at);
create index enterprise_system_webhook on elv.enterprise_system (webhook_of);

create table elv.enterprise_system_refusal (
  system_id varchar(40) not null references elv.enterprise_system (id),
  day varchar(10) not null,
  code varchar(30) not null,
  count integer not null,
  last_at timestamptz not null,
  last_ip varchar(64) not null,
  primary key (system_id, day, code)
);
`,
};
