/** Settings an administrator may change at run time, and the days that are not as the week says. */
export const settingMigration = {
  id: 'kernel/0013-setting',
  sql: `
create table kernel.setting (
  key varchar(80) primary key,
  value varchar(400) not null,
  updated_at timestamptz not null,
  updated_by varchar(64) not null
);
create table kernel.special_day (
  day date primary key,
  kind varchar(12) not null,
  name varchar(40) not null,
  assumed boolean not null
);
`,
};
