import { describe, expect, test } from 'vitest';
import { unportable } from '#kernel/db/sql-subset.ts';
import { objectionsTo } from '#testkit/upgrade-rule.ts';
import { baseline } from './migrations.baseline.ts';
import { migrations } from './plans.ts';

test.each(migrations.map(({ id, sql }) => [id, sql]))('T3.3: migration %s keeps to the portable subset', (_, sql) => {
  expect(unportable(sql)).toEqual([]);
});

/** Migrations that may be met by an upgrade without a gap although the rule objects, each with the reason. */
const excepted: Readonly<Record<string, string>> = {
  'kernel/0070-erasing':
    'a received message may lose what it said: the version before reads no body but to seal it anew, which leaves null as it is',
};

const ids = migrations.map(({ id }) => id);

describe('T2.2, ADR 0056: the version before lives on with every migration since the baseline', () => {
  test('the baseline is there', () => {
    expect(baseline.filter((id) => !ids.includes(id))).toEqual([]);
    expect(baseline.length).toBeGreaterThan(60);
  });

  test('migrations since the baseline only add, or say why not', () => {
    const since = migrations.filter(({ id }) => !baseline.includes(id));
    const objected = since.filter((one) => objectionsTo(one).length > 0);
    expect(objected.filter(({ id }) => !excepted[id]).map((one) => [one.id, objectionsTo(one)])).toEqual([]);
    // An exception that is none any more is taken out.
    expect(Object.keys(excepted).filter((id) => !objected.some((one) => one.id === id))).toEqual([]);
  });

  test.each([
    'alter table elv.vehicle_case drop column plate_no',
    'alter table elv.vehicle_case rename column plate_no to plate',
    'alter table elv.vehicle_case rename to elv.case_of_vehicle',
    'drop table elv.vehicle_case',
    'drop index elv.vehicle_case_of_state',
    'truncate elv.vehicle_case',
    'alter table elv.vehicle_case add column colour varchar(10) not null',
    'alter table elv.vehicle_case add column a text, add column b text not null',
    'alter table elv.vehicle_case add column made_at timestamptz not null default now()',
    'alter table elv.vehicle_case alter column plate_no type text',
    'alter table elv.vehicle_case alter column plate_no set not null',
    'alter table elv.vehicle_case add constraint plate unique (plate_no)',
    'alter table elv.vehicle_case add column yard varchar(36) references elv.yard (id)',
    'create index vehicle_case_colour on elv.vehicle_case (colour)',
    'create unique index vehicle_case_vin on elv.vehicle_case (vin)',
    'alter table elv.vehicle_case add column mark uuid default gen_random_uuid()',
    'create table elv.note (case_id uuid references elv.vehicle_case (id))',
    'create table if not exists elv.vehicle_case (id uuid)',
    'insert into elv.note select id from elv.vehicle_case',
    `update elv.vehicle_case set colour = ''`,
    'delete from elv.vehicle_case',
  ])('objects to: %s', (sql) => {
    expect(objectionsTo({ id: 'elv/9999', sql })).toHaveLength(1);
  });

  test.each([
    'create table elv.yard (id varchar(36) primary key, name text not null); create index yard_of_name on elv.yard (name)',
    'create table elv.yard (id varchar(36) primary key); alter table elv.yard add column name text not null',
    'alter table elv.vehicle_case add column colour varchar(10)',
    `alter table elv.vehicle_case add column colour varchar(10) not null default '', add column weight numeric(10, 2)`,
    'create table elv.yard (id uuid primary key); create table elv.gate (yard uuid references elv.yard (id))',
    `insert into elv.yard (id) values ('a')`,
  ])('lets pass: %s', (sql) => {
    expect(objectionsTo({ id: 'elv/9999', sql })).toEqual([]);
  });
});
