/** Uploads of cases, and their lines until cases are opened from them: sealed, in parts that are taken one by one. */
export const caseImportMigration = {
  id: 'elv/0014-case-import',
  sql: `
create table elv.case_import (
  id varchar(40) primary key,
  uploaded_by varchar(64) not null,
  uploader_name varchar(80) not null,
  uploader_ip varchar(64) not null,
  upload_key varchar(64) not null,
  uploaded_at timestamptz not null,
  enterprise_id varchar(40) not null,
  enterprise_name varchar(120) not null,
  enterprise_code varchar(18) not null,
  district_code varchar(6),
  file_name varchar(200) not null,
  total integer not null,
  good integer not null,
  fault_count integer not null,
  faults text not null,
  accepted_at timestamptz,
  trace_id varchar(64) not null,
  opened integer not null,
  halted varchar(400),
  expired boolean not null,
  unique (uploaded_by, upload_key)
);
create index case_import_uploaded on elv.case_import (uploaded_at);

create table elv.case_import_part (
  id varchar(60) primary key,
  import_id varchar(40) not null references elv.case_import (id),
  cases integer not null,
  rows text not null,
  due_at timestamptz
);
create index case_import_part_import on elv.case_import_part (import_id);
create index case_import_part_due on elv.case_import_part (due_at, id);
`,
};
