import { expect, test } from 'vitest';
import { detailInWords, shownDetail, type ValueTitle } from './entry-detail.ts';

test('R45: a list of changes shows each field before and after', () => {
  expect(
    shownDetail({ section: 'owner', changes: [{ field: 'phone', title: '手机', before: 'sm3:ab', after: null }] }),
  ).toEqual({
    changes: [{ field: '手机', before: 'sm3:ab', after: '空' }],
    rest: [{ name: '栏目', value: '所有人' }],
  });
});

test('R45: changes kept by field, as facts about people keep them, show before and after', () => {
  expect(
    shownDetail({
      version: 3,
      changes: {
        name: { was: '张三', now: '李四' },
        phone: { was: 'sm3:ab', now: null },
        roles: { was: [], now: ['r1', 'r2'] },
      },
    }),
  ).toEqual({
    changes: [
      { field: '姓名', before: '张三', after: '李四' },
      { field: '手机或电话', before: 'sm3:ab', after: '空' },
      { field: '角色', before: '空', after: 'r1、r2' },
    ],
    rest: [{ name: '版本', value: '3' }],
  });
});

test('R45: how somebody signed in and why they were refused is told in words', () => {
  expect(shownDetail({ way: 'password', proved: true, endedElsewhere: 0, factor: 'totp', why: 'wrong' }).rest).toEqual([
    { name: '登录方式', value: '用户名和口令' },
    { name: '已通过第二因素', value: '是' },
    { name: '顶替的旧会话数', value: '0' },
    { name: '验证因素', value: '动态口令' },
    { name: '原因', value: '用户名或口令不符' },
  ]);
  // A word that only happens to look like a code stays as it was written.
  expect(shownDetail({ reason: 'wrong' }).rest).toEqual([{ name: '事由', value: 'wrong' }]);
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

const known: Readonly<Record<string, string>> = { 'roles r1': '经办人', 'part engine': '发动机' };
const titles: ValueTitle = (name, value) => known[`${name} ${value}`];

test('R45: codes that others know are shown by their titles where they stand under the right name', () => {
  const changes = { roles: { was: [], now: ['r1', 'r9'] } };
  expect(shownDetail({ changes, part: 'engine', reason: 'engine' }, titles)).toEqual({
    changes: [{ field: '角色', before: '空', after: '经办人、r9' }],
    rest: [
      { name: '照片位置', value: '发动机' },
      { name: '事由', value: 'engine' },
    ],
  });
  expect(shownDetail({ why: 'enterprise-roles', was: ['r1'], now: [] }, titles)).toEqual({
    changes: [{ field: '角色', before: '经办人', after: '空' }],
    rest: [{ name: '原因', value: '本企业授予或收回角色' }],
  });
});

test('R45: in a list the same is one line of words, and no JSON', () => {
  expect(detailInWords({ section: 'owner', changes: { roles: { was: ['r1'], now: [] } } }, titles)).toBe(
    '角色：由“经办人”改为“空”；栏目：所有人',
  );
  expect(detailInWords({})).toBe('');
});
