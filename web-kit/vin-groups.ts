/** A VIN as people read it aloud: maker (3), description (6), serial (8). Anything that is not 17 letters stays whole. */
export const vinGroups = (vin: string): readonly string[] =>
  vin.length === 17 ? [vin.slice(0, 3), vin.slice(3, 9), vin.slice(9)] : [vin];
