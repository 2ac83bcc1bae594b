import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { fieldMarksOf, type MarkScene, warningOf } from './field-marks.ts';

const text = {
  source: tender(1),
  kind: 'text',
  sensitivity: 'open',
  schema: z.string().min(4, '至少 4 个字'),
} as const;
const fields = fieldsOf({
  plateNo: { ...text, title: '号牌号码' },
  vin: { ...text, title: '车辆识别代号' },
  brandModel: { ...text, title: '品牌型号', schema: z.string() },
  engineNo: { ...text, title: '发动机号', schema: z.string() },
});

const scene = (more: Partial<MarkScene> = {}): MarkScene => ({
  section: { id: 'papers', faults: [], warnings: [] },
  fields,
  values: {},
  queue: {},
  opened: {},
  left: new Set(),
  tried: false,
  problems: [],
  ...more,
});
const typing = (now: unknown) =>
  ({ 'papers.plateNo': { section: 'papers', field: 'plateNo', was: '', now, state: 'typed' } }) as const;

describe('marks of fields', () => {
  test('an empty field is not held against anybody before they try to hand in', () => {
    expect(fieldMarksOf(scene())('vin').fault).toBeUndefined();
    expect(fieldMarksOf(scene({ tried: true }))('vin').fault).toBe('请填写车辆识别代号');
  });

  test('a wrong value is told after leaving the field, not in the middle of a word', () => {
    const values = { plateNo: '沪' };
    const half = { values, queue: typing('沪') };

    expect(fieldMarksOf(scene(half))('plateNo').fault).toBeUndefined();
    expect(fieldMarksOf(scene({ ...half, left: new Set(['papers.plateNo']) }))('plateNo').fault).toContain('号牌号码');
    expect(fieldMarksOf(scene({ values }))('plateNo').fault).toContain('号牌号码');
  });

  test('what a refused step said stands at its field until the field is typed in', () => {
    const problems = [{ path: 'papers.brandModel', message: '与公安登记不符' }];
    const values = { brandModel: '大众SVW7180' };
    const queue = {
      'papers.brandModel': { section: 'papers', field: 'brandModel', was: '', now: 'x', state: 'typed' },
    } as const;

    expect(fieldMarksOf(scene({ values, problems }))('brandModel').fault).toBe('与公安登记不符');
    expect(fieldMarksOf(scene({ values, problems, queue }))('brandModel').fault).toBeUndefined();
  });

  test('a filled field that was changed since the page was opened says so; a newly filled one does not', () => {
    const marks = fieldMarksOf(
      scene({ opened: { brandModel: '大众' }, values: { brandModel: '别克', engineNo: 'E1' } }),
    );

    expect(marks('brandModel').changed).toBe(true);
    expect(marks('engineNo').changed).toBe(false);
  });
});

test('R04: several doubts about one field stand together, so that no battery code is passed over', () => {
  const warnings = [
    { field: 'batteryCodes', message: '第 1 个：应为 24 位' },
    { field: 'other', message: '无关' },
    { field: 'batteryCodes', message: '第 3 个：应为 24 位' },
  ];

  expect(warningOf(warnings, 'batteryCodes')).toBe('第 1 个：应为 24 位；第 3 个：应为 24 位');
  expect(warningOf(warnings, 'vin')).toBeUndefined();
});
