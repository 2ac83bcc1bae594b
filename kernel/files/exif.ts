import exifr from 'exifr';

/** What a camera has written into a photograph. What it did not write is null. */
export interface CameraFacts {
  /** By the camera's own clock; of Shanghai where it does not say which zone that is in. */
  readonly takenAt: Date | null;
  /** Degrees north and east. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  /** Make and model. */
  readonly device: string | null;
  /** The program that wrote the file. */
  readonly software: string | null;
  /** How the picture is to be turned, 1 to 8; 1 where nothing is said. */
  readonly orientation: number;
}

const nothing: CameraFacts = { takenAt: null, place: null, device: null, software: null, orientation: 1 };

/** One value for all photographs: the library keeps what it worked out of every options object it was ever given. */
const wanted = {
  gps: true,
  reviveValues: false,
  translateValues: false,
  pick: [
    'DateTimeOriginal',
    'OffsetTimeOriginal',
    'Make',
    'Model',
    'Software',
    'Orientation',
    ...['GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef'],
  ],
};

type Told = Readonly<Record<string, unknown>>;

const momentOf = ({ DateTimeOriginal: time, OffsetTimeOriginal: offset }: Told): Date | null => {
  const parts = typeof time === 'string' ? /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(time) : null;
  if (!parts) return null;
  const zone = typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset) ? offset : '+08:00';
  const [, year, month, day, clock] = parts;
  const moment = new Date(`${year}-${month}-${day}T${clock}${zone}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
};

const wordsOf = (...values: readonly unknown[]): string | null => {
  const words = values
    .filter((one) => typeof one === 'string')
    .map((one) => one.replace(/\p{Cc}/gu, '').trim())
    .join(' ')
    .slice(0, 80);
  return words === '' ? null : words;
};

/** Reads what the camera has told, from the beginning of a JPEG; hostile or broken EXIF says nothing. Source: JEITA CP-3451 (Exif 2.31). */
export const cameraFactsOf = async (bytes: Uint8Array): Promise<CameraFacts> => {
  try {
    const told = (await exifr.parse(bytes, wanted)) as Told | undefined;
    if (!told) return nothing;
    const { latitude, longitude, Orientation: orientation } = told;
    return {
      takenAt: momentOf(told),
      place: typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null,
      device: wordsOf(told.Make, told.Model),
      software: wordsOf(told.Software),
      orientation: typeof orientation === 'number' && orientation >= 1 && orientation <= 8 ? orientation : 1,
    };
  } catch {
    return nothing;
  }
};
