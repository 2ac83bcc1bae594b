import { expect, test } from 'vitest';
import { searchToldOf } from './search-told.ts';

test.each([
  ['310101199001011234', { search: 'identity-number' }],
  ['31010119900101123x', { search: 'identity-number' }],
  ['310101', { search: 'identity-number' }],
  ['13800000022', { search: 'phone' }],
  ['138 0000 0022', { search: 'phone' }],
  ['021-62345678', { search: 'phone' }],
  ['张三', { search: 'name' }],
  ['zhang', { search: 'name' }],
  ['沪B20022', { search: 'number', text: '沪B20022' }],
  ['LTESTA009A0000022', { search: 'number', text: 'LTESTA009A0000022' }],
])('R45: a search for %s is told without anybody’s number or name', (q, told) => {
  expect(searchToldOf(q)).toEqual(told);
});
