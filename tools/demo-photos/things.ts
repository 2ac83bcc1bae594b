import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order, Print } from './studio.ts';

/** The photographs of things: part, its print file with the size in pixels, share of the full resolution at which rays are traced. */
const things: readonly (readonly [part: string, print: readonly [string, number, number] | null])[] = [
  ['whole', ['plate.html', 1760, 560]],
  ['entry-other', ['plate.html', 1760, 560]],
  ['frame-number', ['frame-number.html', 1350, 850]],
  ['vin-stamp', ['vin-stamp.html', 1560, 256]],
  ['engine-number', ['engine-number.html', 1160, 288]],
  ['drive-motor-number', ['drive-motor-number.html', 1500, 950]],
  ['battery-in-vehicle', ['battery.html', 1000, 1000]],
  ['engine', null],
  ['drive-motor', ['drive-motor.html', 600, 380]],
  ['transmission', null],
  ['steering-gear', null],
  ['front-axle', null],
  ['rear-axle', null],
  ['frame', null],
  ['vin-stamp-cut', ['vin-stamp.html', 1560, 256]],
  ['destroyed-plate', ['plate.html', 1760, 560]],
  ['traction-battery', ['battery.html', 1000, 1000]],
];

const printOf = ([file, width, height]: readonly [string, number, number]): Print => ({
  html: readFileSync(join(import.meta.dirname, 'prints', file), 'utf8'),
  width,
  height,
});

/** Photographs of parts and vehicles, by the photograph's part code. */
export const thingOrders = (): ReadonlyMap<string, Order> =>
  new Map(
    things.map(([part, print], place) => [
      part,
      {
        scene: `${part}.glsl`,
        print: print && printOf(print),
        width: 1200,
        height: 900,
        samples: 4,
        seed: 7 + place,
        numbers: {},
        blur: 0.8,
        grain: 9,
        vignette: 0.35,
        mostBytes: 45_000,
        best: 0.72,
      },
    ]),
  );
