import { expect, test } from 'vitest';
import { shownDetail } from './entry-detail.ts';

test('R45: a list of changes shows each field before and after', () => {
  expect(
    shownDetail({ section: 'owner', changes: [{ field: 'phone', title: '手机', before: 'sm3:ab', after: null }] }),
  ).toEqual({
    changes: [{ field: '手机', before: 'sm3:ab', after: '空' }],
    rest: [{ name: '栏目', value: 'owner' }],
  });
});

test('R45: a setting shows what it was and what it became', () => {
  expect(shownDetail({ title: '保留', was: null, value: 7 }).changes).toEqual([
    { field: '保留', before: '空', after: '7' },
  ]);
  expect(shownDetail({ was: 'as-week', kind: 'holiday', name: '台风' })).toEqual({
    changes: [{ field: '值', before: 'as-week', after: 'holiday' }],
    rest: [{ name: '名称', value: '台风' }],
  });
});

test('R45: a step shows the state left and reached, everything else by its name', () => {
  expect(shownDetail({ from: 'intake', to: 'entryReview', version: 2, odd: { a: [1, 2] } })).toEqual({
    changes: [{ field: '状态', before: 'intake', after: 'entryReview' }],
    rest: [
      { name: '版本', value: '2' },
      { name: 'odd', value: 'a：1、2' },
    ],
  });
});
