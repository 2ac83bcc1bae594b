/**
 * The national scrapping platform names use natures and fuels by codes of its own: the same letter means another thing there.
 * Codes without a counterpart are left out on purpose. Source: domain 0.6, 2.9.
 */
const useNatureToNational: Readonly<Record<string, string>> = Object.freeze({
  A: 'A',
  B: 'B',
  C: 'C',
  D: 'D',
  E: 'F',
  F: 'G',
  G: 'E',
  L: 'T',
  M: 'U',
  N: 'I',
  R: 'H',
  T: 'V',
  U: 'W',
});

const fuelToNational: Readonly<Record<string, string>> = Object.freeze({
  A: '1',
  B: '2',
  C: '9',
  E: '4',
  F: '3',
  L: '5',
  M: '6',
  N: '7',
  O: '8',
  P: 'A',
  Q: 'B',
  Z: 'D',
});

/** Special vehicles (police, fire, ambulance, engineering) scrapped as non-operating ones. Source: assumption, domain 2.9: 「归 A 或另约定」. */
const specialUseNatures: ReadonlySet<string> = new Set(['H', 'I', 'J', 'K']);
/** 「无」: a trailer comes without a fuel. */
const noFuel = 'Y';

const inverse = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).map(([ours, theirs]) => [theirs, ours]));

const useNatureFromNational = inverse(useNatureToNational);
const fuelFromNational = inverse(fuelToNational);

const find = (map: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(map, code) ? map[code] : undefined;

/** The national code of a GA/T 16.3 use nature; undefined for one the platform does not know (school buses). */
export const nationalUseNatureCode = (code: string): string | undefined =>
  specialUseNatures.has(code) ? 'A' : find(useNatureToNational, code);
/** The GA/T 16.3 use nature of a national code. */
export const useNatureOfNational = (code: string): string | undefined => find(useNatureFromNational, code);
/** The national code of a GA/T 16.9 fuel, empty for none; undefined for one the platform does not know (mixed oil). */
export const nationalFuelCode = (code: string): string | undefined =>
  code === noFuel ? '' : find(fuelToNational, code);
/** The GA/T 16.9 fuel of a national code. */
export const fuelOfNational = (code: string): string | undefined => find(fuelFromNational, code);
