import { expect, test } from 'vitest';
import { asTaken } from '#testkit/exif-segment.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { cameraFactsOf } from './exif.ts';

test('R03: what the camera has written is read, its time as that of Shanghai wherever the server stands', async () => {
  const told = { make: 'HUAWEI', model: 'P60', software: 'P60 3.0', place: [31.2304, 121.4737] as const };
  const facts = await cameraFactsOf(asTaken(aJpeg(), '2025:11:20 10:00:00', told));
  expect(facts).toMatchObject({ device: 'HUAWEI P60', software: 'P60 3.0', orientation: 6 });
  expect(facts.takenAt?.toISOString()).toBe('2025-11-20T02:00:00.000Z');
  expect(facts.place?.latitude).toBeCloseTo(31.2304, 5);
  expect(facts.place?.longitude).toBeCloseTo(121.4737, 5);
});

test('R03: a camera that says its zone is believed', async () => {
  const { takenAt } = await cameraFactsOf(asTaken(aJpeg(), '2025:11:20 10:00:00', { offset: '+09:00' }));
  expect(takenAt?.toISOString()).toBe('2025-11-20T01:00:00.000Z');
});

test.each([
  ['a picture without a word of how it was taken', aJpeg()],
  ['a day there is not', asTaken(aJpeg(), '2025:13:40 10:00:00')],
  ['a segment that was cut off', asTaken(aJpeg(), '2025:11:20 10:00:00').subarray(0, 60)],
])('R03: %s says nothing', async (_, bytes) => {
  expect(await cameraFactsOf(bytes)).toMatchObject({ takenAt: null, place: null, device: null });
});
