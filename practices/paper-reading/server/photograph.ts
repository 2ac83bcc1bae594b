import exifr from 'exifr';
import { Image } from 'paddleocr';
import { findImageSize } from '#kernel/files/image-size.ts';
import { decodedPicture, mostPixels } from '#practices/picture/server/decoded-picture.ts';

/** A photograph that cannot be read; the message tells the user what to do. */
export class PhotographRefused extends Error {}

/** Longest side of what is read: small print is still sharp, and big cameras cost no more than small ones. */
const longestSide = 2400;

const mediaTypeOf = (bytes: Uint8Array): 'image/jpeg' | 'image/png' => {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  throw new PhotographRefused('只能识别 JPEG 或 PNG 照片，请拍照上传，或直接手工填写');
};

const bounded = (bytes: Uint8Array, mediaType: string): void => {
  const size = findImageSize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), mediaType);
  if (!size || size.width < 32 || size.height < 32) throw new PhotographRefused('照片已损坏或太小，请重新拍摄');
  if (size.width * size.height > mostPixels) throw new PhotographRefused('照片像素过大，请调低相机分辨率后重拍');
};

const decoded = (bytes: Uint8Array, mediaType: 'image/jpeg' | 'image/png'): Image => {
  const { width, height, data } = decodedPicture(bytes, mediaType);
  return new Image(width, height, 3, data);
};

const mirrored = (image: Image): Image => {
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const from = (y * image.width + x) * 3;
      data.set(image.data.subarray(from, from + 3), (y * image.width + image.width - 1 - x) * 3);
    }
  }
  return new Image(image.width, image.height, 3, data);
};

/** Undoes the camera's orientation, as every viewer does. `orientation` is EXIF's, 1 to 8; the even ones and 5 and 7 by mirrors. */
const upright = (image: Image, orientation: number): Image => {
  switch (orientation) {
    case 2:
      return mirrored(image);
    case 3:
      return image.rotate180();
    case 4:
      return mirrored(image.rotate180());
    case 5:
      return mirrored(image.rotateClockwise());
    case 6:
      return image.rotateClockwise();
    case 7:
      return mirrored(image.rotateCounterClockwise());
    case 8:
      return image.rotateCounterClockwise();
    default:
      return image;
  }
};

const shrunk = (image: Image): Image => {
  const scale = longestSide / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  return image.resize({
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
    filter: 'triangle',
  });
};

const orientationOf = async (bytes: Uint8Array, mediaType: string): Promise<number> => {
  if (mediaType !== 'image/jpeg') return 1;
  // Broken EXIF says nothing; the photograph itself may still be good.
  return (await exifr.orientation(bytes).catch(() => undefined)) ?? 1;
};

/**
 * A photograph as it is read: RGB, the way up a viewer shows it, no side longer than 2400 pixels. Its declared size is judged before
 * anything is decoded. Errors: {@link PhotographRefused}.
 */
export const openPhotograph = async (bytes: Uint8Array): Promise<Image> => {
  const mediaType = mediaTypeOf(bytes);
  bounded(bytes, mediaType);
  const orientation = await orientationOf(bytes, mediaType);
  try {
    return upright(shrunk(decoded(bytes, mediaType)), orientation);
  } catch {
    throw new PhotographRefused('照片已损坏，无法读取，请重新拍摄');
  }
};
