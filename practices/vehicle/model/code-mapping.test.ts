import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuelOfNational, nationalFuelCode, nationalUseNatureCode, useNatureOfNational } from './code-mapping.ts';
import { fuelTypes, useNatures } from './codes.ts';

describe('police codes and national codes', () => {
  it.each([
    ['E', 'F'],
    ['F', 'G'],
    ['G', 'E'],
    ['L', 'T'],
    ['M', 'U'],
    ['N', 'I'],
    ['R', 'H'],
    ['T', 'V'],
    ['U', 'W'],
    ['A', 'A'],
  ])('use nature %s is %s there', (ours, theirs) => {
    expect(nationalUseNatureCode(ours)).toBe(theirs);
    expect(useNatureOfNational(theirs)).toBe(ours);
  });

  it.each([
    ['A', '1'],
    ['B', '2'],
    ['C', '9'],
    ['E', '4'],
    ['F', '3'],
    ['O', '8'],
    ['P', 'A'],
    ['Q', 'B'],
    ['Z', 'D'],
  ])('fuel %s is %s there', (ours, theirs) => {
    expect(nationalFuelCode(ours)).toBe(theirs);
    expect(fuelOfNational(theirs)).toBe(ours);
  });

  it.each(['H', 'I', 'J', 'K'])('a special vehicle’s use nature %s goes over as a non-operating one', (code) => {
    expect(nationalUseNatureCode(code)).toBe('A');
  });

  it('no fuel is no code there', () => {
    expect(nationalFuelCode('Y')).toBe('');
  });

  it.each(['O', 'P', 'Q', 'S', '', 'constructor', '__proto__'])('use nature %j has no counterpart', (code) => {
    expect(nationalUseNatureCode(code)).toBeUndefined();
  });

  it.each(['D', '', 'toString'])('fuel %j has no counterpart', (code) => {
    expect(nationalFuelCode(code)).toBeUndefined();
  });

  it('dimethyl ether, known only there, is no fuel here', () => {
    expect(fuelOfNational('C')).toBeUndefined();
  });

  it('what goes over comes back the same, and nothing else comes back', () => {
    const tables = [
      [Object.keys(useNatures), nationalUseNatureCode, useNatureOfNational],
      [Object.keys(fuelTypes), nationalFuelCode, fuelOfNational],
    ] as const;
    for (const [codes, there, back] of tables) {
      const code = fc.oneof(fc.constantFrom(...codes), fc.string({ maxLength: 2 }));
      fc.assert(
        fc.property(code, (one) => {
          const theirs = there(one);
          // Several of ours may be one of theirs, or none.
          if (theirs !== undefined && !['H', 'I', 'J', 'K', 'Y'].includes(one)) expect(back(theirs)).toBe(one);
          const ours = back(one);
          if (ours !== undefined) expect(there(ours)).toBe(one);
        }),
      );
    }
  });
});
