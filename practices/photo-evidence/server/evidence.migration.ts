import type { Migration } from '#kernel/db/migrate.ts';

/**
 * Tables of an area's photographs as evidence. Each band has an index that begins with it and holds the other three, so that what is near is judged from the index alone. `from`: a select
 * of photographs there are already (id, matter, part, file, digest, media type, received), to be looked at like new ones.
 */
export const photoEvidenceMigration = (id: string, schema: string, from: string): Migration => ({
  id,
  sql: `
create table ${schema}.photo_evidence (
  id varchar(40) primary key,
  matter_id varchar(40) not null,
  part varchar(60) not null,
  file_id varchar(40) not null,
  sm3 varchar(64) not null,
  media_type varchar(60) not null,
  received_at timestamptz not null,
  stage varchar(10) not null,
  tries integer not null,
  fault boolean not null,
  width integer,
  height integer,
  taken_at timestamptz,
  latitude numeric(9, 6),
  longitude numeric(9, 6),
  camera varchar(80),
  software varchar(80),
  band0 integer,
  band1 integer,
  band2 integer,
  band3 integer,
  fine varchar(64)
);
create index photo_evidence_matter on ${schema}.photo_evidence (matter_id);
create index photo_evidence_sm3 on ${schema}.photo_evidence (sm3);
create index photo_evidence_stage on ${schema}.photo_evidence (stage, tries, id);
create index photo_evidence_band0 on ${schema}.photo_evidence (band0, band1, band2, band3);
create index photo_evidence_band1 on ${schema}.photo_evidence (band1, band0, band2, band3);
create index photo_evidence_band2 on ${schema}.photo_evidence (band2, band0, band1, band3);
create index photo_evidence_band3 on ${schema}.photo_evidence (band3, band0, band1, band2);

create table ${schema}.photo_finding (
  id varchar(40) primary key,
  kind varchar(10) not null,
  distance integer,
  photo_a varchar(40) not null,
  matter_a varchar(40) not null,
  part_a varchar(60) not null,
  photo_b varchar(40) not null,
  matter_b varchar(40) not null,
  part_b varchar(60) not null,
  found_at timestamptz not null,
  set_aside_at timestamptz,
  set_aside_by varchar(64),
  set_aside_name varchar(80),
  set_aside_reason varchar(500),
  unique (photo_a, photo_b)
);
create index photo_finding_matter_a on ${schema}.photo_finding (matter_a);
create index photo_finding_matter_b on ${schema}.photo_finding (matter_b);

insert into ${schema}.photo_evidence (id, matter_id, part, file_id, sm3, media_type, received_at, stage, tries, fault)
select p.*, 'waiting', 0, false from (${from}) p;
`,
});

/** How often the looker was lost over a photograph, apart from what merely failed. */
export const lookLossMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `alter table ${schema}.photo_evidence add column losses integer not null default 0;`,
});

/** What a photograph would look like mirrored or turned, from the look until it has been compared. */
export const turnedMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `alter table ${schema}.photo_evidence add column turned text;`,
});

/** A photograph is taken in hand by one process at a time, for a while. Source: ADR 0054. */
export const heldPhotoMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `
alter table ${schema}.photo_evidence add column held_until timestamptz;
`,
});
