import { describe, expect, test } from 'vitest';
import { kernelMigrations } from './kernel.migrations.ts';
import { unportable } from './sql-subset.ts';

describe('T3.3: the portable subset refuses', () => {
  test.each([
    ['insert into a values (1) on conflict do nothing', 'ON CONFLICT outside the dialect'],
    ['select * from a for update\n  skip locked', 'SKIP LOCKED outside the dialect'],
    ['create table a (id bigint generated always as identity)', 'identity or generated columns'],
    ['create table a (id BIGSERIAL)', 'identity or generated columns'],
    ['select * from a, lateral (select 1) b', 'LATERAL'],
    ['select count(*) filter (where x) from a', 'FILTER (WHERE …)'],
    [`create type colour as enum ('red')`, 'database enums'],
    ['create or replace trigger t before insert on a', 'triggers'],
    ['create function f() returns integer', 'functions'],
    ['create extension pg_trgm', 'extensions'],
    ['create table a (x date) partition by range (x)', 'partition DDL'],
    ['create table a (x text[])', 'arrays'],
    ['select array[1, 2]', 'arrays'],
    ['create unique index i on a (x) where x is not null', 'partial indexes'],
    ['listen changes', 'LISTEN or NOTIFY'],
  ])('T3.3: %s', (statement, what) => {
    expect(unportable(statement)).toEqual([what]);
  });
});

test.each([
  'create unique index i on a (x); select * from a where x = 1',
  'create table a (id varchar(36) primary key, at timestamptz not null, listener varchar(10), filter boolean)',
  'select x, count(*) from a where y is null group by x order by x limit 20 offset 40',
])('T3.3: the subset allows: %s', (statement) => {
  expect(unportable(statement)).toEqual([]);
});

test.each(kernelMigrations.map(({ id, sql }) => [id, sql]))('T3.3: migration %s keeps to the subset', (_id, sql) => {
  expect(unportable(sql)).toEqual([]);
});
