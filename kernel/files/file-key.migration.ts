/**
 * The data key of each stored file, sealed by the file key; the bytes lie in the store. Files from before are listed as plain until they are sealed; `leftover`
 * is a plain file whose sealed copy is in use, to be deleted.
 */
export const fileKeyMigration = {
  id: 'kernel/0051-file-key',
  sql: `
create table kernel.file_key (
  store_key varchar(80) primary key,
  scheme varchar(8) not null,
  sealed_key text,
  leftover varchar(80)
);
create index file_key_scheme on kernel.file_key (scheme);
insert into kernel.file_key (store_key, scheme) select store_key, 'plain' from kernel.file;
`,
};
