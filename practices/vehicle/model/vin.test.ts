import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeVin, readVin, type VinFacts, vinBlocks, vinCheckDigit } from './vin.ts';

const letters = [...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'];
const vins = fc.array(fc.constantFrom(...letters), { minLength: 17, maxLength: 17 }).map((all) => {
  const raw = all.join('');
  return `${raw.slice(0, 8)}${vinCheckDigit(raw)}${raw.slice(9)}`;
});
const newCar: VinFacts = { registrationDate: '2015-06-01', vehicleTypeCode: 'K33' };

describe('grades of frame numbers', () => {
  it.each([
    ['1M8GDM9AXKP042788', 'valid'],
    ['11111111111111111', 'valid'],
    ['LTESTA001A0000001', 'valid'],
    ['LTESTC003T1234567', 'valid'],
    ['LTESTE005S9999999', 'valid'],
    ['LTESTA002A0000001', 'check-digit-mismatch'],
    ['LTESTI000A0000001', 'malformed'],
    ['LTESTA00A0000001', 'malformed'],
    ['LTESTA001A00000012', 'malformed'],
    ['', 'malformed'],
  ])('%s is %s', (vin, grade) => {
    expect(gradeVin(vin)).toBe(grade);
  });

  it.each<[string, VinFacts, string]>([
    ['registered before 2005', { registrationDate: '2004-12-31', vehicleTypeCode: 'K33' }, 'legacy'],
    ['registered since 2005', { registrationDate: '2005-01-01', vehicleTypeCode: 'K33' }, 'malformed'],
    ['a motorcycle', { registrationDate: '2015-06-01', vehicleTypeCode: 'M21' }, 'legacy'],
    ['a trailer', { registrationDate: '2015-06-01', vehicleTypeCode: 'B11' }, 'legacy'],
    ['imported', { registrationDate: '2015-06-01', vehicleTypeCode: 'K33', imported: true }, 'legacy'],
    ['of unknown age', { registrationDate: null }, 'malformed'],
  ])('a short number on a vehicle %s', (_, facts, grade) => {
    expect(gradeVin('LTESTA00A0000001', facts)).toBe(grade);
  });

  it('facts never change the grade of a well-formed number', () => {
    const facts = fc.record({
      registrationDate: fc.constantFrom(null, '1999-01-01', '2020-01-01'),
      vehicleTypeCode: fc.constantFrom(null, 'K33', 'M21'),
      imported: fc.constantFrom(null, true, false),
    });
    fc.assert(fc.property(vins, facts, (vin, known) => gradeVin(vin, known) === 'valid'));
  });
});

describe('what stands in the way', () => {
  it.each<[string, string, VinFacts, boolean]>([
    ['a malformed number on a new domestic car', 'LTESTI000A0000001', newCar, true],
    ['one character short', 'LTESTA00A0000001', newCar, true],
    ['a new maker identifier beginning with H', 'HTESTA00A0000001', newCar, true],
    ['said to be domestic, whatever it begins with', '1TEST', { ...newCar, imported: false }, true],
    ['a wrong check digit', 'LTESTA002A0000001', newCar, false],
    ['an old car', 'LTESTI000A0000001', { ...newCar, registrationDate: '2004-12-31' }, false],
    ['an imported car', 'WTESTA00A0000001', { ...newCar, imported: true }, false],
    ['a foreign number of unknown origin', 'WTESTA00A0000001', newCar, false],
    ['a motorcycle', 'LTESTA00A0000001', { ...newCar, vehicleTypeCode: 'M21' }, false],
    ['a vehicle without registration', 'LTESTA00A0000001', { ...newCar, registrationDate: null }, false],
    ['a sound number', 'LTESTA001A0000001', newCar, false],
  ])('%s', (_, vin, facts, blocks) => {
    expect(vinBlocks(vin, facts)).toBe(blocks);
  });
});

describe('reading', () => {
  it.each([
    [' ltest-a001 a0000001 ', 'LTESTA001A0000001', []],
    ['ＬＴＥＳＴＡ００１Ａ０００００01', 'LTESTA001A0000001', []],
    ['LTESTA002A0000001', 'LTESTA002A0000001', [/校验位不符.*拓印/]],
    ['LTESTI000A0000001', 'LTESTI000A0000001', [/没有 I、O、Q/]],
    ['LTESTA00A0000001', 'LTESTA00A0000001', [/只有 16 位/]],
    ['AB12*4', 'AB12*4', [/只有 6 位/]],
  ])('%s reads %s', (raw, value, warnings) => {
    expect(readVin(raw)).toEqual({ ok: true, value, warnings: warnings.map((one) => expect.stringMatching(one)) });
  });

  it.each([
    ['11111111111111111', /同一个字符/],
    ['', /17 位/],
    ['A1', /17 位/],
    ['车架号', /17 位/],
    ['A'.repeat(31), /17 位/],
  ])('%s is refused', (raw, message) => {
    expect(readVin(raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('doubts nothing of a number made by the standard', () => {
    fc.assert(
      fc.property(vins, (vin) => {
        fc.pre(!/^(.)\1+$/.test(vin));
        expect(readVin(vin)).toEqual({ ok: true, value: vin, warnings: [] });
      }),
    );
  });

  it('notices one wrong digit in the serial number', () => {
    fc.assert(
      fc.property(vins, fc.integer({ min: 13, max: 16 }), fc.integer({ min: 1, max: 9 }), (vin, at, by) => {
        const old = vin[at] ?? '';
        fc.pre(/\d/.test(old));
        const changed = `${vin.slice(0, at)}${(Number(old) + by) % 10}${vin.slice(at + 1)}`;
        return gradeVin(changed) === 'check-digit-mismatch';
      }),
    );
  });

  it('never throws, and what it accepts it accepts again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const verdict = readVin(raw);
        if (verdict.ok) expect(readVin(verdict.value)).toEqual(verdict);
      }),
    );
  });
});
