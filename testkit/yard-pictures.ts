import jpeg from 'jpeg-js';

/** A picture in points of red, green, blue and nothing. */
export interface Painted {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Numbers between 0 and 1, the same again for the same seed. */
export const lotOf = (seed: number): (() => number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Colour = readonly [number, number, number];

const canvas = (width: number, height: number) => {
  const data = new Uint8Array(width * height * 4);
  const dot = (x: number, y: number, [r, g, b]: Colour): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const at = (Math.floor(y) * width + Math.floor(x)) * 4;
    data.set([r, g, b, 255], at);
  };
  const box = (left: number, top: number, right: number, bottom: number, colour: Colour): void => {
    for (let y = Math.floor(top); y < bottom; y += 1)
      for (let x = Math.floor(left); x < right; x += 1) dot(x, y, colour);
  };
  const round = (cx: number, cy: number, radius: number, colour: Colour): void => {
    for (let y = -radius; y <= radius; y += 1)
      for (let x = -radius; x <= radius; x += 1) if (x * x + y * y <= radius * radius) dot(cx + x, cy + y, colour);
  };
  return { width, height, data, dot, box, round };
};

const paints: readonly Colour[] = [
  [235, 235, 232],
  [30, 30, 34],
  [150, 28, 30],
  [40, 70, 130],
  [160, 162, 165],
  [200, 170, 60],
  [60, 90, 60],
];

/** Light that falls from one side, and the grain of a sensor. */
const lit = ({ width, height, data }: Painted, lot: () => number): Painted => {
  const [slopeX, slopeY, all] = [(lot() - 0.5) * 0.5, (lot() - 0.5) * 0.4, 0.75 + lot() * 0.45];
  for (let at = 0; at < data.length; at += 4) {
    const point = at / 4;
    const light = all + slopeX * ((point % width) / width - 0.5) + slopeY * (point / width / height - 0.5);
    const grain = (lot() - 0.5) * 18;
    for (let part = 0; part < 3; part += 1)
      data[at + part] = Math.max(0, Math.min(255, (data[at + part] ?? 0) * light + grain));
  }
  return { width, height, data };
};

/** A vehicle in a yard, as a person takes it who stands about where they always stand. One yard is one background; each `seed` is another vehicle, another day. */
export const aVehicleInYard = (yard: number, seed: number): Painted => {
  const [ground, own] = [lotOf(yard * 7 + 1), lotOf(seed * 31 + yard)];
  const { width, height, data, box, round } = canvas(480, 360);
  const [shakeX, shakeY] = [(own() - 0.5) * 24, (own() - 0.5) * 18];
  const horizon = 130 + ground() * 50 + shakeY;
  box(0, 0, width, horizon, [150 + ground() * 60, 175 + ground() * 40, 200]);
  box(0, horizon, width, height, [120 + ground() * 40, 115 + ground() * 30, 105]);
  for (let at = 0; at < 4; at += 1) {
    const left = ground() * width + shakeX;
    box(left, horizon - 30 - ground() * 80, left + 40 + ground() * 120, horizon + 8, [90 + ground() * 90, 90, 95]);
  }
  const scale = 0.85 + own() * 0.35;
  const [left, top] = [90 + (own() - 0.5) * 60 + shakeX, 170 + (own() - 0.5) * 30 + shakeY];
  const paint = paints[Math.floor(own() * paints.length)] ?? [0, 0, 0];
  const [long, tall] = [270 * scale * (0.85 + own() * 0.3), 75 * scale];
  const cabin = own() * 0.35;
  box(left, top + tall * 0.5, left + long, top + tall * 1.5, paint);
  box(left + long * cabin, top - tall * 0.2, left + long * (cabin + 0.35 + own() * 0.25), top + tall * 0.55, paint);
  box(left + long * (cabin + 0.05), top - tall * 0.05, left + long * (cabin + 0.3), top + tall * 0.45, [50, 60, 70]);
  for (const at of [0.2, 0.8]) round(left + long * at, top + tall * 1.5, Math.floor(tall * 0.32), [25, 25, 25]);
  box(left + 8, top + tall * 1.1, left + 58 * scale, top + tall * 1.3, [30, 70, 170]);
  return lit({ width, height, data }, own);
};

/** A number struck into metal, filling the picture: like every other one but for its letters, the light and the hand. */
export const aStruckNumber = (seed: number): Painted => {
  const own = lotOf(seed * 101 + 9);
  const { width, height, data, box } = canvas(480, 360);
  const metal = 120 + own() * 70;
  box(0, 0, width, height, [metal, metal, metal + 6]);
  for (let at = 0; at < 5; at += 1) {
    const [x, y] = [own() * width, own() * height];
    box(x, y, x + 10 + own() * 90, y + 4 + own() * 50, [metal - 50 * own(), metal - 40 * own(), metal - 45 * own()]);
  }
  const [left, top, size] = [20 + own() * 20, 150 + own() * 40, 4.4 + own() * 0.4];
  for (let letter = 0; letter < 17; letter += 1)
    for (let y = 0; y < 9; y += 1)
      for (let x = 0; x < 5; x += 1)
        if (own() < 0.45) {
          const [px, py] = [left + letter * 25 + x * size, top + y * size * 1.6];
          box(px, py, px + size, py + size * 1.6, [metal - 70, metal - 70, metal - 66]);
        }
  return lit({ width, height, data }, own);
};

/** As JPEG. `quality` 1 to 100. */
export const asJpeg = ({ width, height, data }: Painted, quality = 80): Buffer =>
  jpeg.encode({ width, height, data }, quality).data;

const mapped = (of: Painted, change: (value: number, at: number) => number): Painted => ({
  ...of,
  data: of.data.map((value, at) => (at % 4 === 3 ? value : Math.max(0, Math.min(255, change(value, at))))),
});

/** The part of a picture that lies within, at another size; each point the nearest of the old. */
const cut = (of: Painted, from: number, to: number, scale: number): Painted => {
  const [width, height] = [Math.round(of.width * (to - from) * scale), Math.round(of.height * (to - from) * scale)];
  const data = new Uint8Array(width * height * 4);
  const count = Math.max(1, Math.round(1 / scale));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let part = 0; part < 4; part += 1) {
        let sum = 0;
        for (let dy = 0; dy < count; dy += 1)
          for (let dx = 0; dx < count; dx += 1) {
            const [fx, fy] = [
              Math.floor(of.width * from + x / scale) + dx,
              Math.floor(of.height * from + y / scale) + dy,
            ];
            sum += of.data[(Math.min(fy, of.height - 1) * of.width + Math.min(fx, of.width - 1)) * 4 + part] ?? 0;
          }
        data[(y * width + x) * 4 + part] = sum / count / count;
      }
  return { width, height, data };
};

const writtenUpon = (of: Painted): Painted => {
  const data = of.data.slice();
  for (let y = of.height - 22; y < of.height - 8; y += 1)
    for (let x = of.width - 170; x < of.width - 10; x += 1)
      if ((x >> 2) % 3 !== 0 && (y >> 1) % 3 !== 0) data.set([255, 230, 60, 255], (y * of.width + x) * 4);
  return { ...of, data };
};

/** What becomes of a picture that is used again: sent by a messenger, edited, photographed into another form. */
export const usedAgain: Readonly<Record<string, (of: Painted) => Buffer>> = {
  'compressed, quality 30': (of) => asJpeg(of, 30),
  'half as large': (of) => asJpeg(cut(of, 0, 1, 0.5)),
  'a quarter as large, quality 50': (of) => asJpeg(cut(of, 0, 1, 0.25), 50),
  brighter: (of) => asJpeg(mapped(of, (value) => value + 30)),
  darker: (of) => asJpeg(mapped(of, (value) => value * 0.7)),
  'more contrast': (of) => asJpeg(mapped(of, (value) => (value - 128) * 1.4 + 128)),
  'with a time written upon it': (of) => asJpeg(writtenUpon(of)),
  'cut by 1 %': (of) => asJpeg(cut(of, 0.005, 0.995, 1)),
  'cut by 2 %': (of) => asJpeg(cut(of, 0.01, 0.99, 1)),
  'cut by 5 %': (of) => asJpeg(cut(of, 0.025, 0.975, 1)),
  'cut by 10 %': (of) => asJpeg(cut(of, 0.05, 0.95, 1)),
};

/** A picture in another of the ways it can lie: `from` says which point of the old picture stands at a place of the new one. */
const lying = (of: Painted, sideways: boolean, from: (x: number, y: number) => readonly [number, number]): Painted => {
  const [width, height] = sideways ? [of.height, of.width] : [of.width, of.height];
  const data = new Uint8Array(of.data.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [fx, fy] = from(x, y);
      const at = (fy * of.width + fx) * 4;
      data.set(of.data.subarray(at, at + 4), (y * width + x) * 4);
    }
  return { width, height, data };
};

/** What becomes of a picture that is used again by somebody who knows that pictures are compared. */
export const turnedOver: Readonly<Record<string, (of: Painted) => Painted>> = {
  mirrored: (of) => lying(of, false, (x, y) => [of.width - 1 - x, y]),
  'upside down': (of) => lying(of, false, (x, y) => [of.width - 1 - x, of.height - 1 - y]),
  'turned to the right': (of) => lying(of, true, (x, y) => [y, of.height - 1 - x]),
  'turned to the left': (of) => lying(of, true, (x, y) => [of.width - 1 - y, x]),
  'turned and mirrored': (of) => lying(of, true, (x, y) => [y, x]),
};
