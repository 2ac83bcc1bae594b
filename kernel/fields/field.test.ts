import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { choice, day, faultsOf, fieldsOf, isShown, readChanges } from './field.ts';

const source = tender('T3.5');

const fields = fieldsOf({
  title: { title: '书名', source, kind: 'text', sensitivity: 'open', schema: z.string().max(20, '书名不超过 20 个字') },
  shelf: { title: '书架', source, kind: 'choice', sensitivity: 'open', schema: choice({ a: '甲', b: '乙' }) },
  lentOn: { title: '借出日期', source, kind: 'date', sensitivity: 'open', schema: day(), shownIf: { shelf: ['b'] } },
  pages: {
    title: '页数',
    source,
    kind: 'number',
    sensitivity: 'open',
    schema: z.number().int().min(1),
    optional: true,
  },
  parts: {
    title: '分册',
    source,
    kind: 'list',
    sensitivity: 'open',
    schema: z.array(z.string().min(2)),
    optional: true,
  },
  loans: {
    title: '借阅',
    source,
    kind: 'list',
    sensitivity: 'open',
    schema: z.array(z.object({ reader: z.string().min(2), days: z.number() })),
    optional: true,
  },
});

describe('R01: what is missing or wrong is told for every field at once', () => {
  test('R01: an empty draft asks for every needed field that is shown, in the order of the form', () => {
    expect(faultsOf(fields, {})).toEqual([
      { field: 'title', message: '请填写书名' },
      { field: 'shelf', message: '请填写书架' },
    ]);
  });

  test('R01: blanks, nothing and empty lists count as missing', () => {
    expect(faultsOf(fields, { title: '', shelf: null, parts: [] }).map(({ field }) => field)).toEqual([
      'title',
      'shelf',
    ]);
  });

  test('R01: a field that depends on another is asked for only when it is shown', () => {
    expect(faultsOf(fields, { title: '论语', shelf: 'a' })).toEqual([]);
    expect(faultsOf(fields, { title: '论语', shelf: 'b' })).toEqual([{ field: 'lentOn', message: '请填写借出日期' }]);
    expect(faultsOf(fields, { title: '论语', shelf: 'a', lentOn: 'nonsense' })).toEqual([]);
  });

  test('R01: a wrong value names the field and says what it should be', () => {
    const draft = { title: '论语', shelf: 'z', pages: 0 };
    expect(faultsOf(fields, draft).map(({ message }) => message)).toEqual([
      '书架：请从列表中选择',
      expect.stringMatching(/^页数：/),
    ]);
  });

  test('R04: of a list it is told which line is wrong', () => {
    const draft = { title: '论语', shelf: 'a', parts: ['上册', ''] };
    expect(faultsOf(fields, draft)).toEqual([{ field: 'parts', message: expect.stringMatching(/^分册第 2 项：/) }]);
  });

  test.each(['2026-02-29', '2026-13-01', '26-01-01', '2026/01/01'])('R01: %s is not a day', (lentOn) => {
    expect(faultsOf(fields, { title: '论语', shelf: 'b', lentOn })).toEqual([
      { field: 'lentOn', message: '借出日期：日期应为 年-月-日，例如 2026-11-23' },
    ]);
  });

  test.each(['toString', '__proto__', 'constructor'])('R01: %s is not on any list', (code) => {
    expect(choice({ a: '甲' }).safeParse(code).success).toBe(false);
  });
});

describe('R01: a draft takes what is typed', () => {
  test('R01: half-typed text is kept, though it could not be submitted', () => {
    const { values, faults } = readChanges(fields, { lentOn: '2026-1', shelf: 'zz' });
    expect(values).toEqual({ lentOn: '2026-1', shelf: 'zz' });
    expect(faults).toEqual([]);
  });

  test('R04: half-filled lines of a list are kept too', () => {
    const changes = { parts: ['上册第一', '下'], loans: [{ reader: '李', days: 3 }, { days: 'x' }, {}] };
    expect(readChanges(fields, changes)).toEqual({ values: changes, faults: [] });
    expect(faultsOf(fields, { title: '论语', shelf: 'a', ...changes }).map(({ field }) => field)).toEqual([
      'parts',
      'loans',
    ]);
  });

  test('R01: null and blank clear a field', () => {
    expect(readChanges(fields, { title: null, shelf: '' }).values).toEqual({ title: undefined, shelf: undefined });
  });

  test.each([
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['a name every object has', { constructor: 'x' }, 'constructor'],
    ['an object for a text', { title: { $gt: '' } }, 'title'],
    ['a list of numbers for a list of texts', { parts: [1] }, 'parts'],
    ['a text for a list', { parts: 'all' }, 'parts'],
    ['a text for a line of several values', { loans: ['all'] }, 'loans'],
    ['a list within a line', { loans: [{ reader: ['李'] }] }, 'loans'],
    ['a list beyond all measure', { parts: Array.from({ length: 101 }, () => '') }, 'parts'],
    ['a text beyond all measure', { title: 'x'.repeat(2001) }, 'title'],
  ])('R01: %s is refused by name', (_what, changes, field) => {
    const { values, faults } = readChanges(fields, changes);
    expect(values).toEqual({});
    expect(faults.map((fault) => fault.field)).toEqual([field]);
  });

  test('R01: whatever is sent, nothing but known fields is taken', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (changes) => {
        const taken = Object.keys(readChanges(fields, changes).values);
        expect(taken.filter((name) => !Object.keys(fields).includes(name))).toEqual([]);
      }),
    );
  });
});

test('R01: a condition on several fields holds when each has one of its values', () => {
  const field = { ...fields.title, shownIf: { shelf: ['a', 'b'], lent: [true] } };
  expect(isShown(field, { shelf: 'a', lent: true })).toBe(true);
  expect(isShown(field, { shelf: 'b', lent: false })).toBe(false);
  expect(isShown(field, {})).toBe(false);
});
