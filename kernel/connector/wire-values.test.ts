import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { blanksToNull, maybe, wireDate, wireFlag, wireInstant } from './wire-values.ts';

const heard = <T>(schema: z.ZodType<T>, value: unknown): T | 'refused' => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : 'refused';
};

describe('R57, R60: the ways outside systems write nothing', () => {
  test.each(['', '  ', '—', '——', '-', '--', 'null', 'NULL', ' — '])('%j reads as nothing', (blank) => {
    expect(blanksToNull({ a: [blank, { b: blank }] })).toEqual({ a: [null, { b: null }] });
  });

  test('anything else stays as it is, wherever it stands', () => {
    const worded = fc.string().filter((text) => !['', '—', '——', '-', '--', 'null', 'NULL'].includes(text.trim()));
    const leaf = fc.oneof(worded, fc.integer(), fc.boolean(), fc.constant(null));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(leaf, fc.array(tie('value')), fc.dictionary(worded, tie('value'), { noNullPrototype: true })),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(blanksToNull(one)).toEqual(one);
      }),
    );
  });

  test('what may be left out reads as null, never as a default', () => {
    const schema = z.object({ a: maybe(z.string()), b: maybe(wireFlag) });
    expect(schema.parse({})).toEqual({ a: null, b: null });
    expect(schema.parse({ a: null, b: '0' })).toEqual({ a: null, b: false });
  });
});

describe('R57, R60: dates', () => {
  test.each([
    ['20260131', '2026-01-31'],
    ['2026-01-31', '2026-01-31'],
    ['2026/01/31', '2026-01-31'],
    [' 2026-01-31 14:05:00 ', '2026-01-31'],
    ['2026-01-31T14:05:00+08:00', '2026-01-31'],
    ['20240229', '2024-02-29'],
  ])('%j is %s', (written, day) => {
    expect(heard(wireDate, written)).toBe(day);
  });

  test.each(['20260230', '20250229', '2026-13-01', '31.01.2026', '260131', '', 'today', 20260131, null])(
    '%j is no day',
    (written) => {
      expect(heard(wireDate, written)).toBe('refused');
    },
  );

  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  test('a day survives every way of writing it', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('', '-', '/'), (date, mark) => {
        const iso = date.toISOString().slice(0, 10);
        expect(wireDate.parse(iso.replaceAll('-', mark))).toBe(iso);
      }),
    );
  });
});

describe('R57, R60: instants', () => {
  test.each([
    ['2026-01-31 14:05:09', '2026-01-31T14:05:09+08:00'],
    ['2026-01-31 14:05', '2026-01-31T14:05:00+08:00'],
    ['20260131140509', '2026-01-31T14:05:09+08:00'],
    ['202601311405', '2026-01-31T14:05:00+08:00'],
    ['2026/01/31 14:05:09', '2026-01-31T14:05:09+08:00'],
    ['2026-01-31T14:05:09.123', '2026-01-31T14:05:09+08:00'],
    ['2026-01-31T06:05:09Z', '2026-01-31T06:05:09Z'],
    ['2026-01-31T14:05:09+08:00', '2026-01-31T14:05:09+08:00'],
    ['2026-01-31T14:05:09+0800', '2026-01-31T14:05:09+08:00'],
  ])('%j is %s', (written, instant) => {
    expect(heard(wireInstant, written)).toBe(instant);
  });

  test.each(['2026-01-31', '2026-02-30 10:00', '2026-01-31 25:00', '14:05', '', 1_767_578_400, null])(
    '%j is no instant',
    (written) => {
      expect(heard(wireInstant, written)).toBe('refused');
    },
  );
});

describe('R60: yes and no', () => {
  test.each([true, 1, '1', 'Y', 'y', '是', 'true'])('%j is yes', (written) => {
    expect(heard(wireFlag, written)).toBe(true);
  });
  test.each([false, 0, '0', 'N', 'n', '否', 'false'])('%j is no', (written) => {
    expect(heard(wireFlag, written)).toBe(false);
  });
  test.each(['', '2', 2, -1, '无', 'yes', null, undefined, []])('%j is neither, and never read as no', (written) => {
    expect(heard(wireFlag, written)).toBe('refused');
  });
});
