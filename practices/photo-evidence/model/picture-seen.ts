import type { Fingerprint } from './fingerprint.ts';

/** What a picture shows of itself when it is looked at. What it does not tell is null. */
export interface PictureSeen {
  /** Pixels, as they lie in the file. */
  readonly width: number;
  readonly height: number;
  /** By the camera's clock. */
  readonly takenAt: Date | null;
  /** Degrees north and east. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  /** Make and model of the camera. */
  readonly camera: string | null;
  /** The program that wrote the file. */
  readonly software: string | null;
  /** Null for a picture too plain to be like another. */
  readonly fingerprint: Fingerprint | null;
  /** The prints it would have mirrored, turned, and both; none where it has none. */
  readonly turned: readonly Fingerprint[];
}

/** A file that cannot be looked at as a picture, however often it is tried. */
export class PictureBroken extends Error {}

/** Looks at pictures. */
export interface PictureLooker {
  /** Errors: rejects with {@link PictureBroken} when the file cannot be read as a picture, else when it may be tried again. */
  look(bytes: Uint8Array): Promise<PictureSeen>;
}
