import { type Passage, type StatisticsProfile, type Tally, talliesOf } from '../model/passage.ts';

/** Whose number it is; the district is empty where the enterprise has none. */
export interface Owner {
  readonly enterpriseId: string;
  readonly districtCode: string;
}

/** A number of an enterprise in a district. */
export type OwnedTally = Tally & Owner;

/** What a passage of somebody's case adds to the numbers. */
export const ownTallies = (profile: StatisticsProfile, owner: Owner, passage: Passage): readonly OwnedTally[] =>
  talliesOf(profile, passage).map((tally) => ({ ...tally, ...owner }));

const keyOf = ({ period, measure, place, enterpriseId, districtCode, step }: OwnedTally): string =>
  [period, measure, place, enterpriseId, districtCode, step].join('|');

/** Adds tallies to those gathered so far. */
export const gather = (gathered: Map<string, OwnedTally>, tallies: readonly OwnedTally[]): void => {
  for (const tally of tallies) {
    const key = keyOf(tally);
    const before = gathered.get(key);
    gathered.set(
      key,
      before ? { ...before, count: before.count + tally.count, seconds: before.seconds + tally.seconds } : tally,
    );
  }
};
