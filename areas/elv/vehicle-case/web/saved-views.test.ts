import { describe, expect, test } from 'vitest';
import { caseListSearch, filterOf } from './case-list-search.ts';
import { mostViews, sameView, savedViews, withView } from './saved-views.ts';

describe('the state of the list in the address', () => {
  test('text from an address becomes what the page works with', () => {
    expect(
      caseListSearch.parse({
        q: ' 沪A12345 ',
        state: 'intake',
        mark: ['supervised', 'new-energy'],
        overdue: 'true',
        page: '3',
        size: '50',
      }),
    ).toEqual({
      q: '沪A12345',
      state: ['intake'],
      mark: ['supervised', 'new-energy'],
      overdue: true,
      page: 3,
      size: 50,
    });
  });

  test('what the page itself writes is read back unchanged', () => {
    const search = caseListSearch.parse({ state: ['intake'], mine: true, sort: 'deadlineAt', size: 100 });
    expect(caseListSearch.parse(search)).toEqual(search);
  });

  test('what cannot be read is dropped, the rest stays', () => {
    expect(
      caseListSearch.parse({
        q: '',
        state: ['<script>', 'intake'],
        mark: 'nonsense',
        overdue: 'perhaps',
        page: '-1',
        size: '7',
        sort: 'colour',
        more: '1',
      }),
    ).toEqual({ state: ['intake'] });
  });

  test('the server is asked in its own words', () => {
    expect(filterOf({ state: ['intake'], overdue: true, page: 2 })).toEqual({
      state: ['intake'],
      overdue: 'true',
      page: 2,
      size: 20,
    });
  });
});

describe('saved views', () => {
  test('page and order of choices do not make another view', () => {
    expect(sameView({ state: ['a', 'b'], page: 4 }, { state: ['b', 'a'] })).toBe(true);
    expect(sameView({ overdue: true }, {})).toBe(false);
  });

  test('the same name again replaces, the oldest gives way, the page is not kept', () => {
    let views = withView([], '本周', { q: '沪A', page: 3 });
    expect(views).toEqual([{ name: '本周', search: { q: '沪A' } }]);
    views = withView(views, '本周', { overdue: true });
    expect(views).toEqual([{ name: '本周', search: { overdue: true } }]);
    for (let index = 0; index < mostViews; index += 1) views = withView(views, `视图${index}`, {});
    expect(views).toHaveLength(mostViews);
    expect(views.some(({ name }) => name === '本周')).toBe(false);
  });

  test('what the browser kept is read like any input', () => {
    expect(savedViews.safeParse([{ name: 'x', search: { state: 'intake', mark: 'old-mark' } }]).data).toEqual([
      { name: 'x', search: { state: ['intake'] } },
    ]);
    expect(savedViews.safeParse('nonsense').success).toBe(false);
  });
});
