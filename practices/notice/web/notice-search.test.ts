import { expect, test } from 'vitest';
import { filterOf, noticeSearch } from './notice-search.ts';

test('R49: what cannot be read in the address of the list is dropped, and the rest asked for', () => {
  const search = noticeSearch.parse({ unread: 'true', group: 'elv.vehicle-case', page: 'x', size: 7 });
  expect(filterOf(search)).toEqual({ unread: 'true', group: 'elv.vehicle-case', size: 20 });
  expect(filterOf(noticeSearch.parse({ unread: 'no', group: '<b>', page: '3', size: '50' }))).toEqual({
    page: 3,
    size: 50,
  });
});
