import { exifSegmentOf, withExif } from './jpeg-exif.ts';

/** What a line of a yard carries in half a minute (1 Mbit/s); larger pictures are made smaller. Bytes. */
const heavyBytes = 3 * 1024 * 1024;
/** On the longer side, in pixels: a frame number that fills a fifth of it is still read with ease. */
const longestSide = 2_560;
const quality = 0.85;

const drawnSmaller = async (picture: Blob): Promise<Blob | null> => {
  // Browsers turn it upright while reading it.
  const bitmap = await createImageBitmap(picture);
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
};

/**
 * A photograph as it goes to the server: as it came from the camera, or where it is heavy drawn smaller, with the original's Exif.
 * What cannot be drawn stays as it is.
 */
export const lighter = async (picture: Blob): Promise<Blob> => {
  if (picture.size <= heavyBytes) return picture;
  try {
    const drawn = await drawnSmaller(picture);
    if (!drawn || drawn.size >= picture.size) return picture;
    const exif = exifSegmentOf(new Uint8Array(await picture.arrayBuffer()));
    if (!exif) return drawn;
    const whole = withExif(new Uint8Array(await drawn.arrayBuffer()), exif);
    return new Blob([new Uint8Array(whole)], { type: 'image/jpeg' });
  } catch {
    return picture;
  }
};
