import { blindIndex } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { marksOf } from '../model/marks.ts';
import { asAccepted, type VehicleCase, type VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import type { CaseTable } from './vehicle-case.tables.ts';

/** The columns that lists search, sort and show by, taken from the record. */
export type Projection = Pick<
  CaseTable,
  | 'plate_no'
  | 'plate_type_code'
  | 'vin'
  | 'vin_reversed'
  | 'brand_model'
  | 'vehicle_type_code'
  | 'owner_name'
  | 'owner_identity_index'
  | 'owner_phone_index'
  | 'marks'
>;

const cut = (value: unknown, length: number): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, length) : null;

const indexed = async (crypto: Crypto, purpose: string, value: unknown): Promise<string | null> =>
  typeof value === 'string' && value !== '' ? blindIndex(crypto, purpose, value.toUpperCase()) : null;

/** The blind indexes of a case. */
export const indexesOf = async (
  crypto: Crypto,
  record: VehicleCaseRecord,
): Promise<Pick<Projection, 'owner_identity_index' | 'owner_phone_index'>> => {
  const { owner } = asAccepted(record).sections;
  return {
    owner_identity_index: await indexed(crypto, 'identity-number', owner.ownerIdentityNo ?? owner.ownerCreditCode),
    owner_phone_index: await indexed(crypto, 'phone', owner.ownerPhone),
  };
};

/** The marks of a case as their column holds them, to be found by `like '%,code,%'`: of what the vehicle was accepted as, and of what the police said last. */
export const marksText = (record: VehicleCase): string =>
  marksOf({ ...asAccepted(record), supervision: record.identity?.accepted?.supervision ?? record.supervision })
    .map(({ code }) => `,${code}`)
    .join('')
    .concat(',');

/** Makes the projected columns of a case: lists and the public find it by what it was accepted as, whatever else is asserted. */
export const projectionOf = async (crypto: Crypto, record: VehicleCase): Promise<Projection> => {
  const { papers, owner } = asAccepted(record).sections;
  const vin = cut(papers.vin, 40);
  return {
    plate_no: cut(papers.plateNo, 20),
    plate_type_code: cut(papers.plateTypeCode, 2),
    vin,
    vin_reversed: vin === null ? null : [...vin].reverse().join(''),
    brand_model: cut(papers.brandModel, 80),
    vehicle_type_code: cut(papers.vehicleTypeCode, 3),
    owner_name: cut(owner.ownerName, 80),
    ...(await indexesOf(crypto, record)),
    marks: marksText(record),
  };
};
