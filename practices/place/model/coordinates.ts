/** A place on the earth, in degrees north and east. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** As people and photographs write it: `31.23040, 121.47370`, which is a metre. */
export const coordinatesText = ({ latitude, longitude }: Coordinates): string =>
  `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

const pattern = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)/;

/** The place a text begins with; null where it begins with none. */
export const coordinatesIn = (text: string): Coordinates | null => {
  const [, north, east] = pattern.exec(text) ?? [];
  const [latitude, longitude] = [Number(north), Number(east)];
  const there = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return north !== undefined && east !== undefined && there ? { latitude, longitude } : null;
};

/** Of a ball as large as the earth, in metres. */
const radius = 6_371_000;

/** How far two places are from each other, in metres along the ground, to half a percent. */
export const metresBetween = (one: Coordinates, other: Coordinates): number => {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const north = rad(other.latitude - one.latitude);
  const east = rad(other.longitude - one.longitude);
  const part =
    Math.sin(north / 2) ** 2 + Math.cos(rad(one.latitude)) * Math.cos(rad(other.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * radius * Math.asin(Math.sqrt(part));
};
