import { encode } from 'jpeg-js';
import { cameraFactsOf } from '#kernel/files/exif.ts';
import { findImageSize } from '#kernel/files/image-size.ts';
import { type DecodedPicture, decodedPicture, mostPixels } from './decoded-picture.ts';
import { plainPng } from './plain-png.ts';
import { type ReducedJpeg, reducedJpeg } from './reduced-jpeg.ts';

/** The longer side of a small picture, in pixels: twice what a place in a grid of photographs is wide. */
export const longestSide = 320;

const mediaTypeOf = (bytes: Uint8Array): 'image/jpeg' | 'image/png' =>
  bytes[0] === 0x89 && bytes[1] === 0x50 ? 'image/png' : 'image/jpeg';

/** Brightness and two colours as red, green and blue; a picture without colours as grey. */
const inColour = ({ planes }: ReducedJpeg): DecodedPicture => {
  const [light, blue, red] = planes;
  if (!light) throw new RangeError('a picture without brightness');
  const width = Math.ceil(light.width);
  const height = Math.ceil(light.height);
  const data = new Uint8ClampedArray(width * height * 3);
  const colourAt = (plane: typeof blue, x: number, y: number): number => {
    if (!plane) return 0;
    const across = Math.floor((x * plane.width) / light.width);
    const down = Math.floor((y * plane.height) / light.height);
    return (plane.values[down * plane.stride + across] ?? 128) - 128;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const brightness = light.values[y * light.stride + x] ?? 0;
      const toBlue = colourAt(blue, x, y);
      const toRed = colourAt(red, x, y);
      const at = (y * width + x) * 3;
      data[at] = brightness + 1.402 * toRed;
      data[at + 1] = brightness - 0.344136 * toBlue - 0.714136 * toRed;
      data[at + 2] = brightness + 1.772 * toBlue;
    }
  return { width, height, data: new Uint8Array(data.buffer) };
};

/** From a quarter of the points, where that leaves enough of them. What is odd about a file's blocks may still be decoded whole. */
const fromBlocks = (bytes: Uint8Array): DecodedPicture | null => {
  try {
    const reduced = reducedJpeg(bytes, 2);
    return reduced?.whole && reduced.planes.length !== 4 ? inColour(reduced) : null;
  } catch {
    return null;
  }
};

/** The same with no side longer than {@link longestSide}, each point the mean of those it stands for. */
const shrunk = ({ width, height, data }: DecodedPicture): DecodedPicture => {
  const scale = Math.max(width, height) / longestSide;
  if (scale <= 1) return { width, height, data };
  const size = { width: Math.max(1, Math.round(width / scale)), height: Math.max(1, Math.round(height / scale)) };
  const small = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y += 1) {
    const top = Math.floor((y * height) / size.height);
    const foot = Math.max(top + 1, Math.floor(((y + 1) * height) / size.height));
    for (let x = 0; x < size.width; x += 1) {
      const left = Math.floor((x * width) / size.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / size.width));
      const sums = [0, 0, 0];
      for (let down = top; down < foot; down += 1)
        for (let across = left; across < right; across += 1)
          for (let part = 0; part < 3; part += 1)
            sums[part] = (sums[part] ?? 0) + (data[(down * width + across) * 3 + part] ?? 0);
      const count = (foot - top) * (right - left);
      small.set(
        sums.map((sum) => sum / count),
        (y * size.width + x) * 3,
      );
    }
  }
  return { ...size, data: small };
};

/** Where a point of the upright picture lies in the file. `orientation` is EXIF's, 1 to 8. */
const placeIn = (
  { width, height }: DecodedPicture,
  orientation: number,
): ((x: number, y: number) => readonly [number, number]) => {
  const right = width - 1;
  const foot = height - 1;
  const places: Readonly<Record<number, (x: number, y: number) => readonly [number, number]>> = {
    2: (x, y) => [right - x, y],
    3: (x, y) => [right - x, foot - y],
    4: (x, y) => [x, foot - y],
    5: (x, y) => [y, x],
    6: (x, y) => [y, foot - x],
    7: (x, y) => [right - y, foot - x],
    8: (x, y) => [right - y, x],
  };
  return places[orientation] ?? ((x, y) => [x, y]);
};

/** The picture the way up a viewer shows it, with the fourth channel its writer asks for. */
const uprightRgba = (picture: DecodedPicture, orientation: number): DecodedPicture => {
  const lies = orientation >= 5;
  const width = lies ? picture.height : picture.width;
  const height = lies ? picture.width : picture.height;
  const place = placeIn(picture, orientation);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [across, down] = place(x, y);
      const from = (down * picture.width + across) * 3;
      data.set(picture.data.subarray(from, from + 3), (y * width + x) * 4);
    }
  return { width, height, data };
};

/** Of what a picture that small may weigh; a JPEG's usual loss. */
const quality = 72;

/**
 * A picture as a small JPEG, upright, its longer side at most {@link longestSide} pixels, without anything the camera told.
 * Errors: throws when the bytes are no picture that can be read, or one of too many pixels.
 */
export const smallPicture = async (given: Uint8Array): Promise<Buffer> => {
  const mediaType = mediaTypeOf(given);
  const size = findImageSize(Buffer.from(given.buffer, given.byteOffset, given.byteLength), mediaType);
  if (!size || size.width * size.height > mostPixels) throw new RangeError('no picture of a size that is made smaller');
  const bytes = mediaType === 'image/png' ? plainPng(given) : given;
  const { orientation } = await cameraFactsOf(bytes);
  const large = mediaType === 'image/jpeg' && Math.max(size.width, size.height) >= 3 * longestSide;
  const picture = (large ? fromBlocks(bytes) : null) ?? decodedPicture(bytes, mediaType);
  const { width, height, data } = uprightRgba(shrunk(picture), orientation);
  return encode({ width, height, data: Buffer.from(data.buffer) }, quality).data;
};
