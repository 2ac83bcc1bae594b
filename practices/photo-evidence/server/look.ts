import { cameraFactsOf } from '#kernel/files/exif.ts';
import { findImageSize } from '#kernel/files/image-size.ts';
import { decodedPicture, mostPixels } from '#practices/picture/server/decoded-picture.ts';
import { plainPng } from '#practices/picture/server/plain-png.ts';
import { type Plane, reducedJpeg } from '#practices/picture/server/reduced-jpeg.ts';
import { PictureBroken, type PictureSeen } from '../model/picture-seen.ts';
import { inFields, upright } from './fields.ts';
import { fingerprintsOf, side } from './fingerprint-of.ts';

const mediaTypeOf = (bytes: Uint8Array): 'image/jpeg' | 'image/png' =>
  bytes[0] === 0x89 && bytes[1] === 0x50 ? 'image/png' : 'image/jpeg';

/** Every pixel decoded: for small pictures, and for those whose blocks do not tell their mean. */
const wholeLuminance = (bytes: Uint8Array, mediaType: 'image/jpeg' | 'image/png'): Plane => {
  const { width, height, data } = decodedPicture(bytes, mediaType);
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    const from = at * 3;
    values[at] = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
  }
  return { width, height, stride: width, values };
};

/** Blocks of eight pixels, of which a field of the fingerprint needs one at least. */
const blocksSuffice = (width: number, height: number): boolean => Math.min(width, height) >= side * 8;

/** The short way where it leads anywhere: what is odd about a file's blocks may still be decoded whole. */
const blockLuminance = (bytes: Uint8Array): Plane | null => {
  try {
    return reducedJpeg(bytes, 1)?.planes[0] ?? null;
  } catch {
    return null;
  }
};

const luminanceOf = (bytes: Uint8Array, mediaType: 'image/jpeg' | 'image/png', large: boolean): Plane =>
  (mediaType === 'image/jpeg' && large ? blockLuminance(bytes) : null) ?? wholeLuminance(bytes, mediaType);

const looked = async (given: Uint8Array): Promise<PictureSeen> => {
  const mediaType = mediaTypeOf(given);
  const size = findImageSize(Buffer.from(given.buffer, given.byteOffset, given.byteLength), mediaType);
  if (!size || size.width * size.height > mostPixels) throw new RangeError('no picture of a size that is looked at');
  const { width, height } = size;
  // Before the camera is asked: whoever reads that unfolds a PNG's colour profile too.
  const bytes = mediaType === 'image/png' ? plainPng(given) : given;
  const { takenAt, place, device: camera, software, orientation } = await cameraFactsOf(bytes);
  const fields = inFields(luminanceOf(bytes, mediaType, blocksSuffice(width, height)), side);
  const prints = fingerprintsOf(upright(fields, side, orientation)) ?? { fingerprint: null, turned: [] };
  return { width, height, takenAt, place, camera, software, ...prints };
};

/** Looks at a picture: how large it is, what the camera has told, what it looks like. Errors: throws {@link PictureBroken} when the file is broken or beyond all measure. */
export const lookAt = async (bytes: Uint8Array): Promise<PictureSeen> => {
  try {
    return await looked(bytes);
  } catch (cause) {
    throw new PictureBroken('no picture that can be looked at', { cause });
  }
};
