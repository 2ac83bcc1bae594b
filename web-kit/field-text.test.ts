import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Field } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { fieldText, sameReading } from './field-text.ts';

const field = (more: Partial<Field>): Field => ({
  title: '字段',
  source: tender(1),
  schema: z.unknown(),
  kind: 'text',
  sensitivity: 'open',
  ...more,
});

test('values read as people say them', () => {
  expect(fieldText(field({ kind: 'choice', choices: { K33: '小型轿车' } }), 'K33')).toBe('小型轿车');
  expect(fieldText(field({ kind: 'choice', choices: {} }), 'K99')).toBe('K99');
  expect(fieldText(field({ kind: 'switch' }), false)).toBe('否');
  expect(fieldText(field({ kind: 'time' }), '2026-11-23T06:05:00Z')).toBe('2026-11-23 14:05');
  expect(fieldText(field({ kind: 'number', unit: 'kg' }), 12800)).toBe('12,800 kg');
  expect(fieldText(field({ kind: 'list' }), ['A', 'B'])).toBe('A、B');
  expect(fieldText(field({}), undefined)).toBe('—');
});

test('a reading equals what was typed whatever blanks, width and case', () => {
  expect(sameReading('ＳＨ 7180', 'sh7180')).toBe(true);
  expect(sameReading('SH7180', 'SH7181')).toBe(false);
  expect(sameReading(undefined, '')).toBe(true);
});
