import { expect, test } from 'vitest';
import { citizenApplicationSearch, filterOf } from './citizen-application-search.ts';

test('R62: what stands in the address is asked, and what cannot be read is dropped', () => {
  const read = citizenApplicationSearch.parse({
    q: ' 沪A1 ',
    state: 'submitted',
    waitedDays: '7',
    page: '2',
    size: '7',
  });
  expect(filterOf(read)).toEqual({ q: '沪A1', state: 'submitted', waitedDays: 7, page: 2, size: 20 });
  expect(filterOf(citizenApplicationSearch.parse({ state: 'drafting', waitedDays: '0', page: 'x' }))).toEqual({
    size: 20,
  });
});
