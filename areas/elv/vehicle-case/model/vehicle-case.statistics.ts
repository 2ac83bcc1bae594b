import type { StatisticsProfile } from '#practices/case-statistics/model/passage.ts';
import { stageOf } from './stages.ts';
import { vehicleCase } from './vehicle-case.lifecycle.ts';

/** What the statistics are told of a vehicle case. Source: tender R14. */
export const vehicleCaseStatistics: StatisticsProfile = { lifecycle: vehicleCase, stageOf };
