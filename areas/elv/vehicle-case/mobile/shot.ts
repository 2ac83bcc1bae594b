import { lighter } from './lighter-picture.ts';
import type { Shot } from './yard.ts';

/** A file written longer ago than this was not taken just now: it comes from the gallery. Milliseconds. */
const freshMs = 10 * 60_000;

/** Whether a photograph was taken at the moment it was chosen, as far as the phone tells. `now` in milliseconds. */
export const isFresh = (takenAt: string, now: number): boolean => now - new Date(takenAt).getTime() < freshMs;

/**
 * A photograph as the camera gave it, with the time the file was written: the moment of the shutter, or the older one of a picture
 * from the gallery. Its bytes are copied, since some phones take a camera's file away when the page is left. Errors: rejects when
 * the file cannot be read.
 */
export const shotOf = async (file: File, place: string | null, now: number): Promise<Shot> => {
  const written = file.lastModified > 0 ? Math.min(file.lastModified, now) : now;
  const copied = new Blob([await file.arrayBuffer()], { type: file.type || 'image/jpeg' });
  return {
    file: await lighter(copied),
    takenAt: new Date(written).toISOString(),
    place,
  };
};
