import { describe, expect, test } from 'vitest';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('search params', () => {
  test('a list is the same name several times, in both directions', () => {
    const text = stringifySearch({ state: ['intake', 'confirming'], q: '沪A 1&2', page: 2, overdue: true });
    expect(text).toBe('?state=intake&state=confirming&q=%E6%B2%AAA+1%262&page=2&overdue=true');
    expect(parseSearch(text)).toEqual({ state: ['intake', 'confirming'], q: '沪A 1&2', page: '2', overdue: 'true' });
  });

  test('nothing leaves nothing', () => {
    expect(stringifySearch({ q: '', state: [], page: undefined, sort: null })).toBe('');
    expect(parseSearch('')).toEqual({});
  });
});
