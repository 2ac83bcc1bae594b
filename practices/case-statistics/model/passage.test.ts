import { expect, test } from 'vitest';
import { durationAt, durationStep } from './duration.ts';
import { type Move, passagesOf, type StatisticsProfile, talliesOf } from './passage.ts';
import { periodsBetween } from './period.ts';

const profile: StatisticsProfile = {
  lifecycle: {
    id: 'library.loan',
    initial: 'asked',
    states: {
      asked: { title: '申请', kind: 'work' },
      fetching: { title: '取书', kind: 'wait' },
      deciding: { title: '审批', kind: 'work' },
      lent: { title: '借出', kind: 'final' },
    },
    actions: {
      ask: { to: 'fetching' },
      fetch: { to: 'deciding' },
      remark: { to: 'stay' },
      again: { to: 'fetching' },
      lend: { to: 'lent' },
    },
  },
  stageOf: (state) => (state === 'asked' ? '申请' : state === 'lent' ? '借出' : '办理'),
};
const at = (minutes: number): Date => new Date(Date.parse('2026-11-30T15:00:00Z') + minutes * 60_000);
const move = (action: string, fromState: string, toState: string, minutes: number): Move => ({
  action,
  fromState,
  toState,
  at: at(minutes),
});

test('R14: a passage tells how long state, stage and the whole case took; what leads nowhere is none, a state come to again is one', () => {
  const passages = passagesOf(profile, at(0), [
    move('ask', 'asked', 'fetching', 10),
    move('remark', 'fetching', 'fetching', 12),
    move('again', 'fetching', 'fetching', 15),
    move('fetch', 'fetching', 'deciding', 35),
    move('lend', 'deciding', 'lent', 70),
  ]);
  expect(
    passages.map(({ from, to, stateSeconds, stageSeconds, wholeSeconds }) => [
      from,
      to,
      stateSeconds,
      stageSeconds,
      wholeSeconds,
    ]),
  ).toEqual([
    [null, 'asked', null, null, null],
    ['asked', 'fetching', 600, 600, null],
    ['fetching', 'fetching', 300, null, null],
    ['fetching', 'deciding', 1200, null, null],
    ['deciding', 'lent', 2100, 3600, 4200],
  ]);
});

test('R14: what rests in a state is what has come in and not gone out; days are Shanghai’s', () => {
  const tallies = passagesOf(profile, at(0), [move('ask', 'asked', 'fetching', 90)]).flatMap((one) =>
    talliesOf(profile, one),
  );
  const resting = (place: string): number =>
    tallies
      .filter((one) => one.period === 'ever' && one.place === place)
      .reduce((sum, { measure, count }) => sum + (measure === 'state-in' ? count : -count), 0);
  expect([resting('asked'), resting('fetching')]).toEqual([0, 1]);
  // 15:00 and 16:30 UTC are two days, and two months, in Shanghai.
  expect([...new Set(tallies.map(({ period }) => period))].sort()).toEqual([
    '2026-11',
    '2026-11-30',
    '2026-12',
    '2026-12-01',
    'ever',
  ]);
});

test('R14: a duration read from steps is right to within a tenth', () => {
  for (const seconds of [61, 600, 3_599, 7_205, 86_400, 12 * 86_400, 400 * 86_400]) {
    const found = durationAt([{ step: durationStep(seconds), count: 1 }], 50) ?? 0;
    expect(Math.abs(found - seconds) / seconds).toBeLessThan(0.1);
  }
  expect(durationStep(0)).toBe(0);
  expect(durationAt([], 50)).toBeNull();
});

test('R14: the median is not drawn by a few long ones, and nine of ten reach further', () => {
  const hours = (count: number): number => durationStep(count * 3600);
  const counts = [
    { step: hours(2), count: 80 },
    { step: hours(200), count: 20 },
  ];
  expect((durationAt(counts, 50) ?? 0) / 3600).toBeLessThan(2.5);
  expect((durationAt(counts, 90) ?? 0) / 3600).toBeGreaterThan(150);
});

test('R14: counts that come in pieces say the same as counted together', () => {
  const [hour, day] = [durationStep(3_600), durationStep(86_400)];
  const together = [
    { step: hour, count: 4 },
    { step: day, count: 2 },
  ];
  const inPieces = [hour, day, hour, hour, day, hour].map((step) => ({ step, count: 1 }));
  for (const percent of [10, 50, 90]) expect(durationAt(inPieces, percent)).toBe(durationAt(together, percent));
});

test('R14: a stretch of days is told by whole months and the days beside them, each once', () => {
  expect(periodsBetween('2026-10-30', '2026-12-02')).toEqual([
    '2026-10-30',
    '2026-10-31',
    '2026-11',
    '2026-12-01',
    '2026-12-02',
  ]);
  expect(periodsBetween('2026-02-01', '2026-02-28')).toEqual(['2026-02']);
  expect(periodsBetween('2026-02-01', '2026-02-27')).toHaveLength(27);
  expect(periodsBetween('2026-12-01', '2027-01-31')).toEqual(['2026-12', '2027-01']);
  expect(periodsBetween('2026-12-02', '2026-12-01')).toEqual([]);
});
