import type { Chance } from './chance.ts';

/** So many hexadecimal digits by lot; a multiple of four. */
export const hexOf = (chance: Chance, digits: number): string =>
  Array.from({ length: digits / 4 }, () => chance.below(0x1_0000).toString(16).padStart(4, '0')).join('');

/** An identifier as the product would have given it at that time, with the part of chance drawn by lot. */
export const madeId = (chance: Chance, at: Date): string => {
  const part = (): string => hexOf(chance, 4);
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${part().slice(1)}-8${part().slice(1)}-${part()}${part()}${part()}`;
};
