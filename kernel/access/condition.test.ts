import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type ConditionField,
  conditionFaults,
  conditionInWords,
  conditionOf,
  predicateOf,
} from './condition.ts';
import { type Predicate, passes } from './predicate.ts';

const fields: readonly ConditionField[] = [
  { field: 'state', title: '状态', values: { draft: '填报中', review: '审核中', done: '已办结' } },
  { field: 'district', title: '所在区', values: { '310115': '浦东新区', '310112': '闵行区' } },
];

const condition: fc.Arbitrary<Condition> = fc.record({
  join: fc.constantFrom('all' as const, 'any' as const),
  lines: fc.array(
    fc.oneof(
      ...fields.map(({ field, values }) =>
        fc.record({
          field: fc.constant(field),
          is: fc.boolean(),
          values: fc.subarray(Object.keys(values), { minLength: 1 }),
        }),
      ),
    ),
    { minLength: 1, maxLength: 4 },
  ),
});

describe('R44: conditions as people write them', () => {
  test('lines become a predicate that lets pass exactly what the lines say, and read back as the same lines', () => {
    const row = fc.record({
      state: fc.option(fc.constantFrom('draft', 'review', 'done')),
      district: fc.option(fc.constantFrom('310115', '310112')),
    });
    fc.assert(
      fc.property(condition, row, (written, seen) => {
        const fits = written.lines.map(({ field, is, values }) => {
          const value = seen[field as keyof typeof seen];
          return is === (value !== null && values.includes(value));
        });
        const predicate = predicateOf(written);
        expect(passes(predicate, seen)).toBe(written.join === 'all' ? fits.every(Boolean) : fits.some(Boolean));
        const again = conditionOf(predicate);
        expect(again?.lines).toEqual(written.lines);
        if (written.lines.length > 1) expect(again?.join).toBe(written.join);
        expect(conditionFaults(predicate, fields)).toEqual([]);
      }),
    );
  });

  test('are told in words, nested ones too, and unknown names as they stand', () => {
    const nested: Predicate = {
      all: [
        { not: { field: 'state', in: ['draft'] } },
        {
          any: [
            { field: 'district', in: ['310115', '310112'] },
            { field: 'owner', in: ['u1'] },
          ],
        },
        { not: { any: [] } },
      ],
    };
    expect(conditionInWords(nested, fields)).toBe(
      '状态不为填报中，且（所在区为浦东新区、闵行区，或owner为u1），且（不符合（无））',
    );
    expect(conditionOf(nested)).toBeNull();
    expect(conditionInWords({ any: [{ field: 'state', in: ['done'] }] }, fields)).toBe('状态为已办结');
  });

  test.each<[string, Predicate, string]>([
    ['a field nobody declared', { field: 'owner', in: ['u1'] }, '不能按“owner”设条件，可用的有：状态、所在区'],
    ['a value that does not exist', { not: { field: 'state', in: ['gone'] } }, '条件“状态”没有“gone”这个值'],
    ['a value of the prototype', { field: 'state', in: ['constructor'] }, '条件“状态”没有“constructor”这个值'],
    ['no value', { all: [{ field: 'district', in: [] }] }, '请为条件“所在区”至少选一个值'],
    ['no condition', { any: [] }, '请至少写一个条件'],
  ])('%s is a fault', (_what, predicate, words) => {
    expect(conditionFaults(predicate, fields)).toEqual([words]);
  });

  test('where nothing is declared nothing can be asked', () => {
    expect(conditionFaults({ field: 'state', in: ['draft'] }, [])).toEqual(['不能按“state”设条件，可用的有：无']);
  });
});
