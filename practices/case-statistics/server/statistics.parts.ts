import type { Db, Tx } from '#kernel/db/database.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { StatisticsProfile } from '../model/passage.ts';

/** A case as a recount needs it; the rest is told by its steps. */
export interface CountedCase {
  readonly id: string;
  readonly openedAt: Date;
  readonly districtCode: string | null;
}

/** Where the cases themselves are kept. */
export interface CountedCases {
  /** Every enterprise that has any. */
  enterprises(db: Db | Tx): Promise<readonly string[]>;
  /** Some of an enterprise's cases in the order of their ids, after one. */
  of(db: Db | Tx, enterpriseId: string, after: string, most: number): Promise<readonly CountedCase[]>;
}

/** What the statistics of one kind of case work with. */
export interface StatisticsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly profile: StatisticsProfile;
  /** The schema of the area, where the tables of the statistics lie. */
  readonly schema: string;
  readonly cases: CountedCases;
  readonly jobs: Jobs;
  readonly onFailure: (error: unknown, about?: object) => void;
}
