import { identityNoOf, vinCheckDigit, vinOf } from './check-digits.ts';
import { demoName, type Papers, type Party, person, type SimulatedVehicle, simulated } from './vehicle.ts';

/**
 * Kinds of the endless family, told by the fifth place of the VIN: `A` plain private car, `D` the same with another engine number
 * at the police, `E` electric, `M` motorcycle, `T` heavy truck under supervision. Any other letter is a plain private car.
 */
export type FamilyKind = 'A' | 'D' | 'E' | 'M' | 'T';

const brands = [
  '大众汽车牌SVW71612BM',
  '别克牌SGM7154DAA2',
  '丰田牌TV7180GM',
  '本田牌HG7203AB',
  '日产牌DFL7162VB',
  '荣威牌CSA7150MDAA',
];
const colours = ['A', 'B', 'E', 'H', 'J'];

/** The VIN of the n-th family member. `n` 0 to 999,999. */
export const familyVin = (n: number, kind: FamilyKind = 'A'): string =>
  vinOf(`LDEM${kind}000`, `A0${String(n).padStart(6, '0')}`);

const numberOf = (vin: string): number => {
  const tail = vin.slice(11);
  if (/^\d{6}$/.test(tail)) return Number(tail);
  return [...vin].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7) % 1_000_000;
};

const day = (from: string, days: number): string =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const plateOf = (n: number, kind: string): string => {
  const letter = 'ABDEFGHJKL'.charAt(Math.floor(n / 100_000));
  const digits = String(n % 100_000).padStart(5, '0');
  return kind === 'E' ? `沪${letter}D${digits}` : `沪${letter}${digits}`;
};

const kindPapers = (kind: string): Partial<Papers> => {
  switch (kind) {
    case 'E':
      return { plateTypeCode: '52', fuelTypeCode: 'C', brandModel: '荣威牌CSA7000BEV', curbWeightKg: 1650 };
    case 'M':
      return { plateTypeCode: '07', vehicleTypeCode: 'M21', brandModel: '示例牌SL125', curbWeightKg: 118 };
    case 'T':
      return {
        plateTypeCode: '01',
        vehicleTypeCode: 'H11',
        useNatureCode: 'F',
        fuelTypeCode: 'B',
        brandModel: '示例牌SLZ1250',
        curbWeightKg: 9800,
      };
    default:
      return {};
  }
};

const ownerOf = (n: number): Party =>
  person(1, demoName(n), {
    identityNo: identityNoOf('310115', day('1900-01-01', Math.floor(n / 999)).replaceAll('-', ''), (n % 999) + 1),
    phone: `139${String(n).padStart(8, '0')}`,
    address: `上海市浦东新区演示路${n + 1}号`,
  });

/**
 * The vehicle a family VIN stands for, all data derived from the VIN; undefined when the text is no family VIN with a right check
 * character. Families differing in places 6 to 8 share plates; two VINs of one kind and head never do.
 */
export const familyVehicle = (vin: string): SimulatedVehicle | undefined => {
  if (!/^LDEM[A-HJ-NPR-Z0-9]{13}$/.test(vin) || vinCheckDigit(vin) !== vin.charAt(8)) return undefined;
  const n = numberOf(vin);
  const kind = vin.charAt(4);
  const papers: Papers = {
    vin,
    plateNo: plateOf(n, kind),
    plateTypeCode: '02',
    vehicleTypeCode: 'K33',
    useNatureCode: 'A',
    fuelTypeCode: 'A',
    brandModel: brands[n % brands.length] ?? '大众汽车牌SVW71612BM',
    engineNo: `DEM${kind}${String(n).padStart(6, '0')}`,
    registrationDate: day('2008-07-01', n % 3650),
    mandatoryScrapDate: null,
    bodyColourCode: colours[n % colours.length] ?? 'A',
    curbWeightKg: 1100 + (n % 700),
    ...kindPapers(kind),
  };
  return simulated(`演示与压测用车 ${kind}${n}`, papers, ownerOf(n), {
    policeFile: kind === 'D' ? { engineNo: `DEMX${String(n).padStart(6, '0')}` } : {},
    vehicle: {
      supervisedHint: kind === 'T',
      batteryCodes: kind === 'E' ? [`TSTPE00DEMA0000${String(n).padStart(9, '0')}`] : [],
    },
  });
};
