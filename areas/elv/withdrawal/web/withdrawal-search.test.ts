import { expect, test } from 'vitest';
import { isFiltered } from '#web-kit/list-search.ts';
import { filterOf, withdrawalSearch } from './withdrawal-search.ts';

test('R08: an address with nonsense in it opens the list, and what can be read stays', () => {
  const search = withdrawalSearch.parse({
    state: ['granted', '<x>', 'granted'],
    kind: 'never',
    page: '-1',
    mine: 'true',
  });
  expect(search).toEqual({ state: ['granted'], mine: true });
  expect(filterOf(search)).toEqual({ state: ['granted'], mine: 'true', size: 20 });
});

test('R08: order and page are no filter', () => {
  expect(isFiltered({ sort: 'deadlineAt', page: 2 })).toBe(false);
  expect(isFiltered({ kind: 'stop' })).toBe(true);
});
