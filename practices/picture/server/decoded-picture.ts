import { convertIndexedToRgb, decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { plainPng } from './plain-png.ts';

/** More pixels are not decoded: a bomb would eat the memory of the whole machine. */
export const mostPixels = 60_000_000;

/** Every pixel of a picture, as red, green and blue. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixels of any number of channels and depth as RGB on white. */
const rgbOf = (data: ArrayLike<number>, channels: number, depth: number): Uint8Array => {
  const scale = depth === 16 ? 1 / 257 : 1;
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  const grey = channels < 3;
  const withAlpha = channels === 2 || channels === 4;
  for (let pixel = 0; pixel < count; pixel++) {
    const from = pixel * channels;
    const alpha = withAlpha ? ((data[from + channels - 1] ?? 0) * scale) / 255 : 1;
    for (let part = 0; part < 3; part++) {
      const shade = (data[from + (grey ? 0 : part)] ?? 0) * scale;
      rgb[pixel * 3 + part] = shade * alpha + 255 * (1 - alpha);
    }
  }
  return rgb;
};

/** A JPEG or PNG as pixels, the way it lies in the file. Its declared size must have been judged before. Errors: throws when the file is broken or unfolds to more than it declares. */
export const decodedPicture = (bytes: Uint8Array, mediaType: 'image/jpeg' | 'image/png'): DecodedPicture => {
  if (mediaType === 'image/jpeg') {
    return decodeJpeg(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: 1500,
    });
  }
  const png = decodePng(plainPng(bytes));
  const [data, channels, depth] = png.palette
    ? [convertIndexedToRgb(png), png.palette[0]?.length ?? 3, 8]
    : [png.data, png.channels, png.depth];
  return { width: png.width, height: png.height, data: rgbOf(data, channels, depth) };
};
