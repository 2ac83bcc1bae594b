import { expect, test } from 'vitest';
import { isFiltered } from '#web-kit/list-search.ts';
import { filterOf, peopleSearch } from './people-search.ts';

test('R42: an address that cannot be read opens the whole list', () => {
  expect(peopleSearch.parse({ status: 'gone', size: '7', page: '-1', sort: 'x', q: ' ' })).toEqual({});
});

test('R42: filters in the address are what the server is asked for', () => {
  const search = peopleSearch.parse({ q: '张', status: 'locked', page: '3', size: '50', organisationId: 'none' });
  expect(filterOf(search)).toEqual({ q: '张', status: 'locked', page: 3, size: 50, organisationId: 'none' });
  expect(filterOf({})).toEqual({ size: 20 });
});

test('R42: order and page are no filter', () => {
  expect(isFiltered({ sort: 'userName', page: 2 })).toBe(false);
  expect(isFiltered({ roleId: 'elv-clerk' })).toBe(true);
});
