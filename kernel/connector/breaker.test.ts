import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Breaker, breaker, standardPauses } from './breaker.ts';
import type { Outcome } from './connector.ts';

const { firstMs, longestMs } = standardPauses;

const failed = (one: Breaker, times: number, now: number): void => {
  for (let time = 0; time < times; time += 1) one.heard('unreachable', now);
};

describe('the circuit to a system', () => {
  test('R60: opens after five failures in a row, for five seconds, then lets one try', () => {
    const one = breaker(standardPauses);
    failed(one, 4, 0);
    expect(one.circuit(0)).toBe('closed');
    one.heard('unknown', 0);
    expect(one.circuit(firstMs - 1)).toBe('open');
    expect(one.circuit(firstMs)).toBe('half-open');
  });

  test('R60: each failed trial doubles the pause, up to a minute', () => {
    const one = breaker(standardPauses);
    failed(one, 5, 0);
    let now = 0;
    for (const pause of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      expect(one.circuit(now + pause - 1)).toBe('open');
      now += pause;
      expect(one.circuit(now)).toBe('half-open');
      one.heard('unreachable', now);
    }
  });

  test.each(['delivered', 'refused', 'garbled'] as const)('R60: a sign of life (%s) closes it and forgets', (life) => {
    const one = breaker(standardPauses);
    failed(one, 5, 0);
    one.heard('unreachable', firstMs);
    one.heard(life, firstMs);
    expect(one.circuit(firstMs)).toBe('closed');
    failed(one, 4, firstMs);
    expect(one.circuit(firstMs)).toBe('closed');
    failed(one, 1, firstMs);
    expect(one.circuit(2 * firstMs - 1)).toBe('open');
    expect(one.circuit(2 * firstMs)).toBe('half-open');
  });

  test('R60: failures of messages that were already under way do not lengthen the pause', () => {
    const one = breaker(standardPauses);
    failed(one, 12, 0);
    expect(one.circuit(firstMs)).toBe('half-open');
  });

  test('R60: a request for patience is kept to the second, and a shorter one does not cut it', () => {
    const one = breaker(standardPauses);
    one.heard('throttled', 0, 30);
    one.heard('throttled', 0, 1);
    expect(one.circuit(29_999)).toBe('open');
    expect(one.circuit(30_000)).toBe('closed');
  });

  test('T2.2: a clock that is put back by ten minutes ends the pause and does not begin it again later', () => {
    const one = breaker(standardPauses);
    failed(one, 5, 600_000);
    expect(one.circuit(600_000)).toBe('open');
    expect([one.circuit(0), one.circuit(600_001)]).toEqual(['half-open', 'half-open']);
  });

  test('R60: whatever happens, it never stays shut longer than the longest pause or the patience asked for', () => {
    const outcome = fc.constantFrom<Outcome>('delivered', 'refused', 'unknown', 'unreachable', 'garbled', 'throttled');
    const event = fc.record({ outcome, after: fc.nat(90_000), patience: fc.nat(120) });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const one = breaker(standardPauses);
        let now = 0;
        for (const { outcome: what, after, patience } of events) {
          now += after;
          one.heard(what, now, what === 'throttled' ? patience : 0);
          expect(one.circuit(now + Math.max(longestMs, 120_000))).not.toBe('open');
          if (what === 'delivered') expect(one.circuit(now)).toBe('closed');
        }
      }),
    );
  });
});
