import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useNatures, vehicleTypes } from './codes.ts';
import { mandatoryScrapDate, scrappingLimit } from './mandatory-scrapping.ts';

describe('years and kilometres by type and use', () => {
  it.each<[string, string, number | null, number | null]>([
    ['K33', 'D', 8, 60],
    ['K43', 'D', 8, 60],
    ['K21', 'D', 10, 50],
    ['K11', 'D', 12, 60],
    ['K33', 'G', 15, 60],
    ['K33', 'N', 10, 50],
    ['K21', 'N', 12, 50],
    ['K11', 'N', 15, 60],
    ['K11', 'C', 13, 40],
    ['K31', 'B', 10, 60],
    ['K21', 'B', 15, 50],
    ['K11', 'E', 15, 80],
    ['K18', 'P', 15, 40],
    ['K38', 'A', 15, 40],
    ['K33', 'A', null, 60],
    ['K41', 'A', null, 60],
    ['K16', 'A', null, 60],
    ['K33', 'H', null, 60],
    ['K21', 'A', 20, 50],
    ['K11', 'A', 20, 60],
    ['K33', 'M', 8, 60],
    ['K33', 'T', null, 60],
    ['K33', 'U', null, 60],
    ['H41', 'F', 12, 50],
    ['H31', 'F', 15, 60],
    ['H21', 'F', 15, 60],
    ['H11', 'F', 15, 70],
    ['Q11', 'F', 15, 70],
    ['H11', 'R', 10, 40],
    ['Q11', 'R', 10, 40],
    ['N11', 'F', 9, null],
    ['Z12', 'A', 15, 50],
    ['Z51', 'A', 30, 50],
    ['B15', 'F', 20, null],
    ['B35', 'F', 15, null],
    ['B13', 'R', 10, null],
    ['B11', 'F', 15, null],
    ['G11', 'F', 10, null],
    ['M11', 'A', 12, 10],
    ['M15', 'A', 13, 12],
    ['M21', 'A', 13, 12],
    ['J11', 'A', null, 50],
  ])('%s used as %s: %s years, %s0,000 km', (type, use, years, guide) => {
    expect(scrappingLimit(type, use)).toMatchObject({
      years,
      guideKm: guide === null ? null : guide * 10_000,
      certain: true,
    });
  });

  it.each([
    ['K33', 'L', 10],
    ['K31', 'O', 15],
    ['H51', 'F', 9],
    ['B1W', 'F', 15],
    ['D11', 'C', 13],
  ])('%s used as %s takes the stricter reading and asks a person', (type, use, years) => {
    expect(scrappingLimit(type, use)).toMatchObject({ years, certain: false });
  });

  it.each([
    ['T11', 'A'],
    ['D12', 'C'],
    ['X99', 'A'],
    ['', 'A'],
    ['K33', ''],
    ['K33', 'Z'],
    ['constructor', 'A'],
    ['K33', 'F'],
  ])('%s used as %s cannot be told', (type, use) => {
    expect(scrappingLimit(type, use)).toBeUndefined();
  });

  it('has an answer with a source or none for every pair of codes, and hazardous goods never get longer', () => {
    const pairs = fc.tuple(fc.constantFrom(...Object.keys(vehicleTypes)), fc.constantFrom(...Object.keys(useNatures)));
    fc.assert(
      fc.property(pairs, ([type, use]) => {
        const found = scrappingLimit(type, use);
        if (found) expect(found.source.kind).toMatch(/rule|assumption/);
        const hazardous = scrappingLimit(type, 'R')?.years ?? null;
        const goods = scrappingLimit(type, 'F')?.years ?? null;
        if (hazardous !== null && goods !== null) expect(hazardous).toBeLessThanOrEqual(goods);
      }),
    );
  });
});

describe('the day', () => {
  it.each([
    ['H31', 'F', '2012-05-01', undefined, '2027-05-01'],
    ['K33', 'D', '2012-02-29', undefined, '2020-02-29'],
    ['H31', 'F', '2012-02-29', undefined, '2027-02-28'],
    ['K33', 'A', '2012-05-01', undefined, null],
    ['T11', 'A', '2012-05-01', undefined, undefined],
    ['H31', 'F', '2012-05-01', '2008-04-30', '2023-04-30'],
    ['H31', 'F', '2012-05-01', '2008-05-01', '2027-05-01'],
    ['H31', 'F', '2012-05-01', null, '2027-05-01'],
  ])(
    'of %s used as %s, registered %s, made %s',
    (vehicleTypeCode, useNatureCode, registrationDate, manufacturedOn, day) => {
      const made = manufacturedOn === undefined ? {} : { manufacturedOn };
      expect(mandatoryScrapDate({ vehicleTypeCode, useNatureCode, registrationDate, ...made })).toBe(day);
    },
  );

  it('lies the given years after registration, in the same month', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const registrationDate = date.toISOString().slice(0, 10);
        const day = mandatoryScrapDate({ vehicleTypeCode: 'H31', useNatureCode: 'F', registrationDate }) ?? '';
        expect(Number(day.slice(0, 4)) - Number(registrationDate.slice(0, 4))).toBe(15);
        expect(day.slice(5, 7)).toBe(registrationDate.slice(5, 7));
      }),
    );
  });
});
