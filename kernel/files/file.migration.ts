/** What is known of every stored file; the bytes lie in the file store under `store_key`. */
export const fileMigration = {
  id: 'kernel/0012-file',
  sql: `
create table kernel.file (
  id varchar(40) primary key,
  store_key varchar(80) not null unique,
  name varchar(200) not null,
  media_type varchar(60) not null,
  size_bytes bigint not null,
  sm3 varchar(64) not null,
  width integer,
  height integer,
  taken_at timestamptz,
  exif text,
  uploaded_by varchar(64) not null,
  uploaded_at timestamptz not null
);
`,
};
