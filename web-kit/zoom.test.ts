import { describe, expect, test } from 'vitest';
import { fitScale, fitted, focusedOn, kept, maxScale, placeOf, turned, zoomedAt } from './zoom.ts';

const picture = { width: 4000, height: 3000 };
const frame = { width: 800, height: 600 };

describe('a picture in its frame', () => {
  test('is seen whole, turned or not, and a small one is at most doubled', () => {
    expect(fitScale(picture, frame, 0)).toBeCloseTo(0.2);
    expect(fitScale(picture, frame, 90)).toBeCloseTo(0.15);
    expect(fitScale({ width: 100, height: 100 }, frame, 0)).toBe(2);
    expect(fitScale({ width: 0, height: 0 }, frame, 0)).toBe(1);
  });

  test('keeps the point under the pointer while zooming', () => {
    const before = { scale: 0.4, x: 30, y: -20, turn: 0 } as const;
    const point = { x: 100, y: 50 };
    const after = zoomedAt(before, 1.5, point, picture, frame);

    expect((point.x - after.x) / after.scale).toBeCloseTo((point.x - before.x) / before.scale);
    expect((point.y - after.y) / after.scale).toBeCloseTo((point.y - before.y) / before.scale);
  });

  test('neither shrinks below the whole nor grows without end', () => {
    const whole = fitted(picture, frame, 0);

    expect(zoomedAt(whole, 0.1, { x: 0, y: 0 }, picture, frame)).toEqual(whole);
    expect(zoomedAt(whole, 1000, { x: 0, y: 0 }, picture, frame).scale).toBe(maxScale);
  });

  test('cannot be pushed out of sight', () => {
    expect(kept({ scale: 0.2, x: 500, y: 500, turn: 0 }, picture, frame)).toMatchObject({ x: 0, y: 0 });
    expect(kept({ scale: 0.4, x: 9999, y: -9999, turn: 0 }, picture, frame)).toMatchObject({ x: 400, y: -300 });
  });

  test('turns a quarter at a time, both ways round', () => {
    const whole = fitted(picture, frame, 0);

    expect(turned(whole, 90, picture, frame)).toMatchObject({ turn: 90, scale: 0.15 });
    expect(turned(whole, -90, picture, frame).turn).toBe(270);
    expect(turned({ ...whole, turn: 270 }, 90, picture, frame).turn).toBe(0);
  });

  test.each([0, 90, 180, 270] as const)('brings a field to the middle when turned by %i', (turn) => {
    const box = { x: 0.3, y: 0.55, width: 0.2, height: 0.04 };
    const lie = focusedOn(box, picture, frame, turn);
    const place = placeOf(box, lie, picture, frame);

    expect(place.left + place.width / 2).toBeCloseTo(frame.width / 2);
    expect(place.top + place.height / 2).toBeCloseTo(frame.height / 2);
    expect(place.width).toBeLessThanOrEqual(frame.width);
    expect(place.height).toBeLessThanOrEqual(frame.height);
  });

  test('a field in the corner stays in sight although it cannot reach the middle', () => {
    const box = { x: 0, y: 0, width: 0.1, height: 0.05 };
    const place = placeOf(box, focusedOn(box, picture, frame), picture, frame);

    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.top).toBeGreaterThanOrEqual(0);
  });
});
