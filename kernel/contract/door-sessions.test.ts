import { expect, test } from 'vitest';
import type { Offers } from '#kernel/area/offers.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { doorSessions } from './door-sessions.ts';

test('T5.4: who is behind a session of another process is asked once for all calls of a page, and the access list is followed at each', async () => {
  let asked = 0;
  let followed = 0;
  const subjectOf = async () => {
    asked += 1;
    return { id: 'a' };
  };
  const offers = { of: () => ({ subjectOf }), isHere: () => false } as unknown as Offers;
  const clock = clockAt('2026-11-30T02:00:00Z');
  const follow = async () => {
    followed += 1;
  };
  const door = doorSessions(offers, clock, { refresh: follow });
  const page = () => Promise.all([1, 2, 3].map(() => door.subjectOf('token', false)));
  expect((await page()).map((one) => one?.id)).toEqual(['a', 'a', 'a']);
  expect([asked, followed]).toEqual([1, 3]);
  clock.advance(2_100);
  await page();
  expect([asked, followed]).toEqual([2, 6]);
});
