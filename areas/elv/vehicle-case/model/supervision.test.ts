import { describe, expect, test } from 'vitest';
import { isYellowLabelSuspect, judgeSupervision } from './supervision.ts';
import { isSupervised } from './vehicle-case.record.ts';

describe('R04: which vehicles are dismantled under supervision (union of three laws)', () => {
  test.each([
    ['school buses by use', 'K33', ['O', 'P', 'Q', 'S']],
    ['large buses, whatever their use', 'K11', ['A', 'H', 'L']],
    ['heavy lorries, whatever their use', 'H11', ['A', 'K', 'U']],
    ['heavy tractors', 'Q11', ['A']],
    ['heavy special vehicles', 'Z51', ['A']],
    ['heavy trailers', 'B11', ['A']],
    ['heavy full trailers', 'G11', ['A']],
    ['operating vehicles of any size', 'K33', ['B', 'C', 'D', 'E', 'F', 'G', 'R', 'T']],
    ['school buses by type', 'K38', ['A']],
  ])('R04: %s', (_, type, uses) => {
    expect(uses.map((use) => judgeSupervision(type, use).supervised)).toEqual(uses.map(() => true));
  });

  test.each([
    ['private cars', 'K33', 'A'],
    ['light lorries', 'H31', 'A'],
    ['middle-sized buses', 'K21', 'A'],
    ['learners’ cars', 'K33', 'N'],
    ['light trailers', 'B31', 'A'],
    ['what is not known yet', null, null],
  ])('R04: not %s', (_, type, use) => {
    expect(judgeSupervision(type, use)).toMatchObject({ supervised: false, reasons: [], askPerson: false });
  });

  test('R04: what was an operating vehicle is not by rule, but a person is asked to look', () => {
    for (const use of ['L', 'M', 'U']) {
      expect(judgeSupervision('K33', use)).toMatchObject({ supervised: false, askPerson: true });
      expect(judgeSupervision('K11', use)).toMatchObject({ supervised: true, askPerson: false });
    }
  });

  test('R04: every reason names its law', () => {
    const { reasons } = judgeSupervision('K18', 'B');
    expect(reasons).toHaveLength(3);
    expect(reasons.every(({ source }) => source.kind === 'rule')).toBe(true);
  });
});

test('R04: rule, police or staff are enough; only what the commission lowered is not', () => {
  const no = { byRule: false, byPolice: false, raised: false, lowered: false };
  expect(isSupervised({ supervision: no })).toBe(false);
  for (const one of ['byRule', 'byPolice', 'raised'] as const) {
    expect(isSupervised({ supervision: { ...no, [one]: true } })).toBe(true);
    expect(isSupervised({ supervision: { ...no, [one]: true, lowered: true } })).toBe(false);
  }
});

test.each([
  ['A', '2001-06-30', true],
  ['A', '2001-07-01', false],
  ['B', '2008-06-30', true],
  ['B', '2008-07-01', false],
  ['C', '1999-01-01', false],
  [null, '1999-01-01', false],
  ['A', null, false],
])('R02: fuel %s, registered on %s, is suspected of a yellow label: %s', (fuel, day, suspect) => {
  expect(isYellowLabelSuspect(fuel, day)).toBe(suspect);
});
