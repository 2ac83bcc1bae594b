import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { assumption } from '#kernel/source/source.ts';
import type { Field } from './field.ts';
import { maskValue, shownValue } from './mask.ts';

test.each([
  ['identity-number', '310101199003070011', '310***********0011'],
  ['phone', '13800130000', '138****0000'],
  ['name', '张三', '张*'],
  ['name', '张三丰', '张**'],
  ['name', '欧阳锋', '欧阳*'],
  ['name', '王', '王*'],
  ['name', '𠮷田', '𠮷*'],
  ['address', '上海市浦东新区世纪大道2001号', '上海市浦东新区世纪大道****'],
  ['address', '上海市嘉定区安亭镇墨玉路1号', '上海市嘉定区安亭镇****'],
  ['email', 'zhang.san@example.cn', 'z***@example.cn'],
  ['email', 'nothing', '*******'],
] as const)('R44: a %s %s is shown as %s', (mask, value, shown) => {
  expect(maskValue(mask, value)).toBe(shown);
});

test('R44: too short a number shows nothing at all', () => {
  expect(maskValue('phone', '1380013')).toBe('*******');
  expect(maskValue('identity-number', '310')).toBe('***');
});

test('R44: never more than seven digits of a number are shown, and its length stays', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{1,24}$/),
      fc.constantFrom('phone' as const, 'identity-number' as const),
      (value, mask) => {
        const shown = maskValue(mask, value);
        expect(shown).toHaveLength(value.length);
        expect(shown.replaceAll('*', '').length).toBeLessThanOrEqual(7);
      },
    ),
  );
});

const fieldOf = (more: Partial<Field>): Field => ({
  title: '联系电话',
  source: assumption('made up'),
  schema: z.string(),
  kind: 'code',
  sensitivity: 'personal',
  ...more,
});

test('R44: an open field is plain to everyone; a personal one to whom a grant shows it', () => {
  const phone = fieldOf({ mask: 'phone' });
  expect(shownValue(phone, '13800130000', 'plain')).toBe('13800130000');
  expect(shownValue(phone, '13800130000', 'masked')).toBe('138****0000');
  expect(shownValue(fieldOf({ sensitivity: 'open' }), '13800130000', 'masked')).toBe('13800130000');
  expect(shownValue(phone, undefined, 'masked')).toBeUndefined();
});

test('R44: a secret field without a mask of its own is masked all the same', () => {
  expect(shownValue(fieldOf({ sensitivity: 'secret' }), '13800130000', 'masked')).toBe('1**********');
});
