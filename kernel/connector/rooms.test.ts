import { expect, test } from 'vitest';
import { roomsOf } from './rooms.ts';

const pauses = { firstMs: 100, longestMs: 1_000 };

test('domain 9: of many recipients each has two under way at most, and a dead one is passed over alone', () => {
  const rooms = roomsOf(pauses, 8, true);
  expect(rooms.room(0)).toEqual({ limit: 1, passedOver: [] });
  rooms.began('a');
  rooms.began('a');
  expect(rooms.room(0)).toEqual({ limit: 1, passedOver: ['a'] });
  rooms.ended('a');
  expect(rooms.room(0)).toEqual({ limit: 1, passedOver: [] });
  rooms.ended('a');
  for (let n = 0; n < 5; n += 1) rooms.heard('dead', 'unknown', 0, 0);
  expect(rooms.room(50)).toEqual({ limit: 1, passedOver: ['dead'] });
  // One tries after the pause, and no second beside it.
  expect(rooms.room(100)).toEqual({ limit: 1, passedOver: [] });
  rooms.began('dead');
  expect(rooms.room(100)).toEqual({ limit: 1, passedOver: ['dead'] });
  rooms.heard('dead', 'delivered', 110, 0);
  expect(rooms.room(110)).toEqual({ limit: 1, passedOver: [] });
  expect(rooms.circuit(110)).toBe('closed');
});

test('domain 9: all recipients together have a bound, and who asks for patience is left alone meanwhile', () => {
  const rooms = roomsOf(pauses, 8, true);
  for (let n = 0; n < 16; n += 1) for (let twice = 0; twice < 2; twice += 1) rooms.began(`r${n}`);
  expect(rooms.room(0).limit).toBe(0);
  const others = roomsOf(pauses, 8, true);
  others.heard('busy', 'throttled', 0, 7);
  expect([others.room(6_999).passedOver, others.room(7_000).passedOver]).toEqual([['busy'], []]);
});

test('domain 9: a connector that is one system has one room, and none while its circuit is open', () => {
  const rooms = roomsOf(pauses, 8, false);
  for (let n = 0; n < 3; n += 1) rooms.began('');
  expect(rooms.room(0)).toEqual({ limit: 5, passedOver: [] });
  for (let n = 0; n < 5; n += 1) rooms.heard('', 'unreachable', 0, 0);
  expect([rooms.room(50).limit, rooms.circuit(50)]).toEqual([0, 'open']);
});
