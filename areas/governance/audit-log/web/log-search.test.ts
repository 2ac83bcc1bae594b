import { expect, test } from 'vitest';
import { countText, filterOf, instantOf, isFiltered, logSearch, withFilter } from './log-search.ts';

test('R45: what an address says is read, and what makes no sense in it is dropped', () => {
  expect(
    logSearch.parse({
      kind: 'security',
      outcome: 'nonsense',
      from: 'yesterday',
      actor: ' clerk1 ',
      seq: '3',
      chain: 'case:a',
    }),
  ).toEqual({ kind: 'security', actor: 'clerk1', seq: 3, chain: 'case:a' });
});

test('R45: another filter leads back to the newest page and closes the entry', () => {
  const search = logSearch.parse({ kind: 'security', after: 'x', chain: 'case:a', seq: 1 });
  expect(withFilter(search, { trace: 't' })).toEqual({ kind: 'security', trace: 't' });
  expect([isFiltered(search), isFiltered(logSearch.parse({ after: 'x' }))]).toEqual([true, false]);
  expect(filterOf(search)).not.toHaveProperty('after');
});

test('R45: a count says when it is not exact', () => {
  expect([countText(12, false), countText(10_000, true)]).toEqual(['12 条', '10,000 条以上']);
});

test('R45: a typed moment is one in Shanghai', () => {
  expect(instantOf('2026-11-23 10:00')).toBe('2026-11-23T02:00:00.000Z');
});
