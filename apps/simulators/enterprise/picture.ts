import { randomInt } from 'node:crypto';
import jpeg from 'jpeg-js';

/** A photograph that shows nothing: colours running into one another, others each time, so that no two are taken for one. */
export const madeUpPhotograph = (): Buffer => {
  const [width, height] = [640, 480];
  const [red, green, blue] = [randomInt(256), randomInt(256), randomInt(256)];
  const data = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    data[at * 4] = (red + x / 3) % 256;
    data[at * 4 + 1] = (green + y / 2) % 256;
    data[at * 4 + 2] = (blue + (x * y) / 900) % 256;
  }
  return jpeg.encode({ data, width, height }, 80).data;
};
