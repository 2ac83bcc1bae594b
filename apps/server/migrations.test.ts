import { expect, test } from 'vitest';
import { unportable } from '#kernel/db/sql-subset.ts';
import { migrations } from './plans.ts';

test.each(migrations.map(({ id, sql }) => [id, sql]))('T3.3: migration %s keeps to the portable subset', (_, sql) => {
  expect(unportable(sql)).toEqual([]);
});
