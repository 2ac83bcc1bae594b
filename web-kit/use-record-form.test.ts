import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { changesOf, faultShown } from './use-record-form.ts';

const field = { source: tender(42), kind: 'text', sensitivity: 'personal' } as const;
const personFields = fieldsOf({
  name: { ...field, title: '姓名', schema: z.string() },
  phone: { ...field, title: '手机', schema: z.string().min(11, '手机应为 11 位') },
});

test('R42: a masked value nobody touched is not sent back', () => {
  const shown = { name: '张三演示', phone: '138****0000' };
  expect(changesOf(shown, shown)).toEqual({});
  expect(changesOf(shown, { ...shown, phone: '13900001111', post: '主管' })).toEqual({
    phone: '13900001111',
    post: '主管',
  });
  expect(changesOf({ post: '主管' }, { post: undefined })).toEqual({ post: null });
});

test('R42: what the server told stands before what the field itself says; an untouched field says nothing', () => {
  const values = { phone: '1' };
  expect(faultShown(personFields, 'phone', values, {}, false)).toBeUndefined();
  expect(faultShown(personFields, 'phone', values, {}, true)).toMatch(/手机/);
  expect(faultShown(personFields, 'phone', values, { phone: '已有人使用' }, true)).toBe('已有人使用');
  expect(faultShown(personFields, 'name', values, {}, true)).toBe('请填写姓名');
});
