import { describe, expect, test } from 'vitest';
import { holdTone, stateTone } from './state-tone.ts';

describe('the colour of a state', () => {
  test.each([
    ['comparing', 'wait', 1, 'outside'],
    ['deskReview', 'work', 1, 'ours'],
    ['deskReview', 'work', 2, 'ours'],
    ['intake', 'work', 1, 'ours'],
    ['intake', 'work', 2, 'returned'],
    ['reportRefused', 'work', 1, 'refused'],
    ['correcting', 'work', 2, 'returned'],
    ['closed', 'final', 3, 'done'],
    ['refused', 'final', 1, 'refused'],
    ['discarded', 'final', 1, 'idle'],
  ] as const)('%s (%s) in round %i is %s', (state, stateKind, round, tone) => {
    expect(stateTone({ state, stateKind, round })).toBe(tone);
  });

  test('what the police must be told of is red, what ends by itself is not', () => {
    expect([holdTone('frozen'), holdTone('withdrawal')]).toEqual(['red', 'outline']);
  });
});
