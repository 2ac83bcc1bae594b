import { afterEach, expect, test, vi } from 'vitest';
import { OwnPace } from './own-pace.ts';

afterEach(() => vi.useRealTimers());

const counted = (pace: OwnPace, client: string): number => {
  let count = 0;
  pace.incr(
    client,
    (_, result) => {
      count = result?.current ?? 0;
    },
    60_000,
  );
  return count;
};

test('T2.2: a minute of a client ends after a minute, also where the machine’s clock is put back meanwhile', () => {
  let now = 1_000;
  const pace = new OwnPace({}, () => now);
  expect([counted(pace, 'a'), counted(pace, 'a'), counted(pace, 'b')]).toEqual([1, 2, 1]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 600_000 });
  now += 59_999;
  expect(counted(pace, 'a')).toBe(3);
  now += 1;
  expect(counted(pace, 'a')).toBe(1);
});

test('T2.2: of ever new clients no more than so many are remembered', () => {
  const pace = new OwnPace({}, () => 0);
  counted(pace, 'first');
  for (let n = 0; n < 4_999; n += 1) counted(pace, `c${n}`);
  expect(counted(pace, 'first')).toBe(2);
  // It was there just now; the longest absent one is forgotten for the newcomer.
  counted(pace, 'newcomer');
  expect([counted(pace, 'first'), counted(pace, 'c0')]).toEqual([3, 1]);
});
