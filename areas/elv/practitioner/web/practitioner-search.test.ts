import { expect, test } from 'vitest';
import { filterOf, practitionerSearch } from './practitioner-search.ts';

test('T2.10: an address with nonsense in it opens the list, and what can be read stays', () => {
  const search = practitionerSearch.parse({ post: 'king', certificate: 'lapsed', conduct: 'never', page: '-1' });
  expect(search).toEqual({ certificate: 'lapsed' });
  expect(filterOf(search)).toEqual({ certificate: 'lapsed', size: 20 });
});
