import type { PaperSet } from './paper-set.ts';

/** The printed forms, by the paper kinds they are photographed as. */
export type PaperForm =
  | 'vehicle-licence-main'
  | 'vehicle-licence-duplicate'
  | 'registration-certificate-p12'
  | 'id-card-front'
  | 'business-licence';

/** Every printed form. */
export const paperForms: readonly PaperForm[] = [
  'vehicle-licence-main',
  'vehicle-licence-duplicate',
  'registration-certificate-p12',
  'id-card-front',
  'business-licence',
];

/** What a reader should make of a paper: field key to value in the form the case's fields take. */
export const truthOf = (form: PaperForm, set: PaperSet): Readonly<Record<string, string>> => {
  const { plateNo, vin, vehicleTypeCode, useNatureCode, engineNo, registrationDate, owner } = set;
  const brandModel = `${set.brand}${set.model}`;
  switch (form) {
    case 'vehicle-licence-main':
      return {
        plateNo,
        vehicleTypeCode,
        ownerName: owner.name,
        address: owner.address,
        useNatureCode,
        brandModel,
        vin,
        engineNo,
        registrationDate,
        issueDate: set.issueDate,
      };
    case 'vehicle-licence-duplicate':
      return {
        plateNo,
        fileNo: set.fileNo,
        seats: String(set.seats),
        curbWeightKg: String(set.curbWeightKg),
        mandatoryScrapDate: set.mandatoryScrapDate,
        fuelTypeCode: set.fuelTypeCode,
      };
    case 'registration-certificate-p12':
      return {
        plateNo,
        vin,
        vehicleTypeCode,
        useNatureCode,
        fuelTypeCode: set.fuelTypeCode,
        brandModel,
        engineNo,
        registrationDate,
        bodyColourCode: set.bodyColourCode,
      };
    case 'id-card-front':
      return { name: owner.name, identityNo: owner.identityNo, address: owner.address };
    case 'business-licence':
      return {
        name: owner.name,
        creditCode: owner.identityNo,
        legalRepresentative: owner.legalRepresentative,
        address: owner.address,
      };
  }
};
