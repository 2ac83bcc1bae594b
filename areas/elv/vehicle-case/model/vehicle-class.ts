/** What the type code says of a vehicle's build; the photograph and assembly rules rest on it. Source: GA/T 16.4; domain 2.6. */
export interface VehicleBuild {
  readonly trailer: boolean;
  readonly motorcycle: boolean;
  readonly pureElectric: boolean;
  readonly newEnergy: boolean;
}

/** The codes a build is judged by; null while not filled. */
export interface BuildCodes {
  readonly vehicleTypeCode: string | null;
  readonly fuelTypeCode: string | null;
  readonly plateTypeCode: string | null;
}

/**
 * Judges the build. New energy by plate type 51/52 or fuel electric (C) or hydrogen (P); hybrid (O) alone is not enough, since
 * ordinary hybrids carry it too. Source: domain 2.9.
 */
export const buildOf = ({ vehicleTypeCode, fuelTypeCode, plateTypeCode }: BuildCodes): VehicleBuild => {
  const type = vehicleTypeCode ?? '';
  return {
    trailer: type.startsWith('B') || type.startsWith('G'),
    motorcycle: type.startsWith('M'),
    pureElectric: fuelTypeCode === 'C',
    newEnergy: plateTypeCode === '51' || plateTypeCode === '52' || fuelTypeCode === 'C' || fuelTypeCode === 'P',
  };
};
