import { expect, test } from 'vitest';
import { isFiltered } from '#web-kit/list-search.ts';
import { filterOf, registrySearch, searchOfDuty } from './registry-search.ts';

test('R49: an address opens its list, and what cannot be read in it is dropped', () => {
  const read = registrySearch.parse({ district: 310_115, state: 'firstReview', mine: 'true', page: 2, validity: 'x' });
  expect(filterOf(read)).toEqual({ district: '310115', state: ['firstReview'], mine: 'true', page: 2, size: 20 });
  expect(registrySearch.parse({ state: ['<b>'], sort: 'name', size: 7, overdue: 'no' })).toEqual({});
});

test('R49: order and page are no filter', () => {
  expect(isFiltered({ sort: 'validUntil', page: 3, size: 50 })).toBe(false);
  expect(isFiltered({ validity: 'lapsed' })).toBe(true);
});

test('R49: a warning leads to what lapses, first to lapse first; a duty to what waits for this person', () => {
  expect(searchOfDuty('lapsing')).toEqual({ validity: 'lapsing', sort: 'validUntil' });
  expect(searchOfDuty('secondReview')).toEqual({ mine: true, state: ['secondReview'] });
});
