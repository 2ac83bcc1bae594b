/** Data keys, sealed under the master key that lies outside the database; and how their renewal stands. */
export const keyMigration = {
  id: 'kernel/0050-data-key',
  sql: `
create table kernel.data_key (
  purpose varchar(40) not null,
  id varchar(8) not null,
  version integer not null,
  state varchar(12) not null,
  sealed_root text,
  cause varchar(64) not null,
  created_at timestamptz not null,
  superseded_at timestamptz,
  retired_at timestamptz,
  primary key (purpose, id),
  unique (purpose, version)
);
create table kernel.key_rotation (
  id varchar(40) primary key,
  state varchar(12) not null,
  started_at timestamptz not null,
  started_by varchar(64) not null,
  table_at integer not null,
  key_at text not null,
  done bigint not null,
  total bigint not null,
  broken text not null,
  finished_at timestamptz,
  remark varchar(400) not null
);
`,
};

/** One row to be locked by whoever begins a renewal, so that two never begin at once. */
export const rotationTurnMigration = {
  id: 'kernel/0052-key-rotation-turn',
  sql: `
create table kernel.key_rotation_turn (id varchar(8) primary key);
insert into kernel.key_rotation_turn (id) values ('turn');
`,
};

/** Since when data keys lie under a master key that took the place of another. */
export const masterKeyChangeMigration = {
  id: 'kernel/0053-master-key-change',
  sql: `
create table kernel.master_key_change (
  id varchar(8) primary key,
  at timestamptz not null
);
`,
};
