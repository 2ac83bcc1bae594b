import { expect, test } from 'vitest';
import { nextOf } from './intake-case.ts';

test.each([
  ['intake', 'submit'],
  ['dismantling', 'submitDismantling'],
  ['certified', 'reportDeregistration'],
  ['reportRefused', undefined],
  ['deskReview', undefined],
])('R01: of a case in %s an enterprise’s system hears the step ahead, never a way aside', (state, next) => {
  expect(nextOf(state)).toBe(next);
});
