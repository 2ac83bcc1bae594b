import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { checkSocialCreditCode } from '#practices/identity-codes/model/social-credit-code.ts';
import type { Verdict } from '#practices/identity-codes/model/verdict.ts';
import { bodyColours, fuelTypes, plateTypes, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import { checkPlate, plateTypeDoubt } from '#practices/vehicle/model/plate.ts';
import { checkTractionBatteryCode } from '#practices/vehicle/model/traction-battery-code.ts';
import { gradeVin } from '#practices/vehicle/model/vin.ts';
import { identityNoOf, vinCheckDigit } from './check-digits.ts';
import { differencesOf } from './differences.ts';
import { type FamilyKind, familyVehicle, familyVin } from './family.ts';
import { listedVehicles, registerOf } from './register.ts';
import { type Party, type SimulatedVehicle, vehicleSchema } from './vehicle.ts';

// The judge here is the product's own practices, which the simulators do not know.

/** Numbers that are wrong on purpose: the vehicle's own words say so. */
const wrongVin = /校验位不符/;
const wrongPlateType = /号牌种类须填 01/;

const faultless = (verdict: Verdict): string[] => (verdict.ok ? [...verdict.warnings] : [verdict.message]);

const doubtsOfParty = ({ kind, identityNo, phone }: Party): string[] => [
  ...faultless(kind === 'person' ? checkIdentityNumber(identityNo) : checkSocialCreditCode(identityNo)),
  ...faultless(checkContactPhone(phone)),
];

const unknownCodes = ({ papers }: SimulatedVehicle): string[] =>
  [
    [vehicleTypes, papers.vehicleTypeCode],
    [useNatures, papers.useNatureCode],
    [fuelTypes, papers.fuelTypeCode],
    [plateTypes, papers.plateTypeCode],
    [bodyColours, papers.bodyColourCode],
  ].flatMap(([list, code]) => (typeof list === 'object' && !Object.hasOwn(list, String(code)) ? [String(code)] : []));

const doubtsOf = (vehicle: SimulatedVehicle): string[] => {
  const { papers, owner, agent, batteryCodes } = vehicle;
  const typeDoubt = plateTypeDoubt(papers.plateNo, papers.plateTypeCode);
  return [
    ...(gradeVin(papers.vin, papers) === 'valid' ? [] : [`VIN ${papers.vin}`]),
    ...faultless(checkPlate(papers.plateNo)),
    ...(typeDoubt === null ? [] : [typeDoubt]),
    ...batteryCodes.flatMap((code) => faultless(checkTractionBatteryCode(code))),
    ...[owner, ...(agent ? [agent] : [])].flatMap(doubtsOfParty),
    ...unknownCodes(vehicle),
  ];
};

describe('the listed vehicles', () => {
  test.each(listedVehicles.map((vehicle) => [vehicle.papers.plateNo, vehicle.shows, vehicle] as const))(
    'R01: %s (%s) has sound numbers, unless it is listed for a wrong one',
    (_plate, shows, vehicle) => {
      expect(doubtsOf(vehicle)).toEqual(wrongVin.test(shows) ? [`VIN ${vehicle.papers.vin}`] : []);
    },
  );

  test('R01: no two share a VIN, a plate of one type, or an owner who is a person', () => {
    const each = (of: (vehicle: SimulatedVehicle) => string) => new Set(listedVehicles.map(of)).size;
    expect(each(({ papers }) => papers.vin)).toBe(listedVehicles.length);
    expect(each(({ policeFile }) => `${policeFile.plateNo} ${policeFile.plateTypeCode}`)).toBe(listedVehicles.length);
    const people = listedVehicles.filter(({ owner }) => owner.kind === 'person');
    expect(new Set(people.map(({ owner }) => owner.identityNo)).size).toBe(people.length);
  });

  test('R01: nobody alive has one of the numbers, and every name says it is made up', () => {
    for (const { owner, agent } of listedVehicles) {
      for (const party of agent ? [owner, agent] : [owner]) {
        expect(party.name).toMatch(/演示/);
        // A residence permit of Hong Kong, Macao or Taiwan exists only since 2018; its holder here is born in 1990.
        if (party.kind === 'person') expect(party.identityNo.slice(6, 10)).toMatch(/^19(00|90)$/);
      }
    }
  });

  test('R02: what differs from the police file is what the vehicle is listed for', () => {
    const counted = listedVehicles.slice(0, 10).map((vehicle) => differencesOf(vehicle).map(({ title }) => title));
    expect(counted).toEqual([
      [],
      ['品牌型号'],
      ['发动机号'],
      ['品牌型号', '发动机号'],
      ['使用性质', '发动机号', '注册日期'],
      ['所有人'],
      ['所有人', '证件号码'],
      ['号牌号码'],
      ['发动机号'],
      ['燃料种类', '品牌型号', '发动机号'],
    ]);
    const rest = listedVehicles.slice(10).filter((vehicle) => differencesOf(vehicle).length > 0);
    expect(rest.map(({ shows }) => shows)).toEqual([expect.stringMatching(wrongPlateType)]);
  });

  test('R01: the register fits its own schema', () => {
    for (const vehicle of listedVehicles) expect(vehicleSchema.parse(vehicle)).toEqual(vehicle);
  });
});

const kind = fc.constantFrom<FamilyKind>('A', 'D', 'E', 'M', 'T');
const number = fc.integer({ min: 0, max: 999_999 });

describe('the endless family', () => {
  test('R01: every member has sound numbers', () => {
    fc.assert(
      fc.property(kind, number, (letter, n) => {
        const vehicle = familyVehicle(familyVin(n, letter));
        expect(vehicle && doubtsOf(vehicle)).toEqual([]);
      }),
    );
  });

  test('R01: two members of one kind share neither VIN nor plate nor owner', () => {
    fc.assert(
      fc.property(kind, number, number, (letter, n, m) => {
        fc.pre(n !== m);
        const [one, other] = [familyVehicle(familyVin(n, letter)), familyVehicle(familyVin(m, letter))];
        expect(one?.papers.vin).not.toBe(other?.papers.vin);
        expect(one?.papers.plateNo).not.toBe(other?.papers.plateNo);
        expect(one?.owner.identityNo).not.toBe(other?.owner.identityNo);
      }),
    );
  });

  test('R02: only kind D differs from the police file', () => {
    fc.assert(
      fc.property(kind, number, (letter, n) => {
        const vehicle = familyVehicle(familyVin(n, letter));
        const titles = vehicle && differencesOf(vehicle).map(({ title }) => title);
        expect(titles).toEqual(letter === 'D' ? ['发动机号'] : []);
      }),
    );
  });

  test('R01: whatever text is asked for, the answer is a member or nothing, never a fault', () => {
    const register = registerOf([]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^LDEM[A-Z0-9]{13}$/)), (vin) => {
        const found = register.byVin(vin);
        expect(found === undefined || vinCheckDigit(vin) === vin[8]).toBe(true);
      }),
    );
  });
});

describe('the register', () => {
  const [first] = listedVehicles;
  if (!first) throw new Error('nothing is listed');

  test('R01: a seeded vehicle stands in the place of the one with its VIN, under its new plate alone', () => {
    const register = registerOf([]);
    register.seed({ ...first, policeFile: { ...first.policeFile, plateNo: '沪B99999' } });
    expect(register.all()).toHaveLength(listedVehicles.length);
    expect(register.byPlate('沪B99999', '02')?.papers.vin).toBe(first.papers.vin);
    expect(register.byPlate('沪A12345', '02')).toBeUndefined();
  });

  test.each([
    ['a listed owner', '310101190001010011', '张三演示', true],
    ['anybody made up, born before 1920', identityNoOf('310101', '19191231', 5), '某某演示', true],
    ['somebody born later, who may be real', identityNoOf('310101', '19200101', 5), '某某演示', false],
    ['a name that does not say it is made up', identityNoOf('310101', '19191231', 5), '某某', false],
    ['a number with a wrong check digit', '310101190001010012', '某某演示', false],
    ['a number with an impossible birthday', identityNoOf('310101', '19000230', 5), '某某演示', false],
  ])('R01: %s (%s %s) is known: %s', (_who, identityNo, name, known) => {
    expect(registerOf([]).person(identityNo, name) !== undefined).toBe(known);
  });
});
