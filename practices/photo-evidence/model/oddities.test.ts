import { describe, expect, test } from 'vitest';
import { type OddityCode, odditiesOf, type PhotoFacts, type PhotoLimits } from './oddities.ts';

const at = (text: string): Date => new Date(`${text}:00+08:00`);
const received = at('2026-11-23T10:00');

const facts = (more: Partial<PhotoFacts> = {}): PhotoFacts => ({
  takenAt: at('2026-11-23T09:50'),
  receivedAt: received,
  mediaType: 'image/jpeg',
  width: 4_000,
  height: 3_000,
  camera: 'HUAWEI P60',
  software: null,
  metresAway: 30,
  ...more,
});

const limits = (more: Partial<PhotoLimits> = {}): PhotoLimits => ({
  notBefore: { title: '交车时间', at: at('2026-11-23T09:00'), grace: at('2026-11-26T23:59') },
  sentUntil: at('2026-11-30T23:59'),
  farMetres: 1_000,
  ...more,
});

const codes = (one: PhotoFacts, other = limits()): readonly OddityCode[] =>
  odditiesOf(one, other).map(({ code }) => code);

test('R03: a photograph taken in the yard just now has nothing odd', () => {
  expect(codes(facts())).toEqual([]);
});

test('R03: what a file does not tell is no oddity', () => {
  const silent = facts({ takenAt: null, camera: null, metresAway: null, width: null, height: null });
  expect(codes(silent, limits({ notBefore: null, sentUntil: null }))).toEqual([]);
});

describe('R03: time', () => {
  test('older than the hand-over by more than the days allowed, it is odd; by less it is not', () => {
    const handOver = { title: '交车时间', at: at('2026-11-23T09:00') };
    const withGrace = (grace: string) => codes(facts(), limits({ notBefore: { ...handOver, grace: at(grace) } }));
    expect([withGrace('2026-11-23T08:59'), withGrace('2026-11-23T09:00')]).toEqual([['early'], []]);
  });

  test('sent long after it was taken, it may come from a gallery', () => {
    const [late] = odditiesOf(
      facts({ takenAt: at('2025-11-20T10:00') }),
      limits({ sentUntil: at('2025-11-27T23:59') }),
    );
    expect(late).toMatchObject({ code: 'late' });
    expect(late?.reason).toContain('2025-11-20 10:00');
  });

  test('a clock ten minutes ahead is borne with, one further ahead is told', () => {
    expect(codes(facts({ takenAt: at('2026-11-23T10:10') }))).toEqual([]);
    expect(codes(facts({ takenAt: at('2026-11-23T10:11') }))).toEqual(['ahead']);
  });
});

test('R03: further from the yard than allowed is told in metres or kilometres', () => {
  expect(codes(facts({ metresAway: 1_000 }))).toEqual([]);
  expect(odditiesOf(facts({ metresAway: 1_001 }), limits())[0]?.reason).toContain('1.0 公里');
  expect(odditiesOf(facts({ metresAway: 450 }), limits({ farMetres: 300 }))[0]?.reason).toContain('450 米');
});

describe('R03: a picture of a screen that a program has taken is a hint, with its reason', () => {
  const bare = facts({ camera: null, takenAt: null, metresAway: null });
  test.each<[string, Partial<PhotoFacts>, readonly OddityCode[]]>([
    ['a size of screens, lying or upright', { width: 2_400, height: 1_080 }, ['screenshot']],
    ['the same size signed by a camera', { width: 1_080, height: 2_400, camera: 'vivo X90' }, []],
    ['a PNG without a camera', { mediaType: 'image/png' }, ['screenshot']],
    [
      'a program that says so, whatever else it says',
      { software: 'Android Screenshot', camera: 'vivo' },
      ['screenshot'],
    ],
    ['a phone’s own program', { software: 'HarmonyOS 4.2' }, []],
    ['a photograph whose camera was taken out by a messenger', { width: 1_440, height: 1_080 }, []],
  ])('%s', (_, more, expected) => {
    expect(codes({ ...bare, ...more })).toEqual(expected);
  });
});
