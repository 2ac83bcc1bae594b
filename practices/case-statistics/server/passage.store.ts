import type { Db, Tx } from '#kernel/db/database.ts';
import { addToCounts, skipLocked } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Passage } from '../model/passage.ts';
import { type OwnedTally, ownTallies } from './owned-tally.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { PassageTable, StatisticsTables } from './statistics.tables.ts';

/** Whose case a passage is of, and which version of it came about. */
export interface PassageOf {
  readonly caseId: string;
  readonly version: number;
  readonly enterpriseId: string;
  readonly districtCode: string | null;
}

/** Adds a passage with its step: a row of its own, so that nobody waits for it. The key refuses the same passage twice. */
export const addPassage = async (
  tx: Tx,
  { profile, schema }: StatisticsParts,
  of: PassageOf,
  passage: Passage,
): Promise<void> => {
  const textOf = (seconds: number | null): string | null => (seconds === null ? null : String(seconds));
  await tx
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .insertInto('case_passage')
    .values({
      id: uuidv7(passage.at),
      case_type: profile.lifecycle.id,
      case_id: of.caseId,
      version: of.version,
      at: passage.at,
      from_state: passage.from,
      to_state: passage.to,
      state_seconds: textOf(passage.stateSeconds),
      stage_seconds: textOf(passage.stageSeconds),
      whole_seconds: textOf(passage.wholeSeconds),
      enterprise_id: of.enterpriseId,
      district_code: of.districtCode ?? '',
    })
    .execute();
};

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

/** What a kept passage adds to the numbers. */
export const talliesOfRow = (parts: StatisticsParts, row: PassageTable): readonly OwnedTally[] =>
  ownTallies(
    parts.profile,
    { enterpriseId: row.enterprise_id, districtCode: row.district_code },
    {
      at: row.at,
      from: row.from_state,
      to: row.to_state,
      stateSeconds: numberOf(row.state_seconds),
      stageSeconds: numberOf(row.stage_seconds),
      wholeSeconds: numberOf(row.whole_seconds),
    },
  );

/** The rows that wait to be added up. */
export const waitingPassages = (db: Db | Tx, { profile, schema }: StatisticsParts) =>
  db
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .selectFrom('case_passage')
    .where('case_type', '=', profile.lifecycle.id);

/** Takes some passages in hand for this transaction; those another process has in hand are passed over. */
export const takePassages = (tx: Tx, parts: StatisticsParts, most: number): Promise<readonly PassageTable[]> =>
  waitingPassages(tx, parts).selectAll().orderBy('id').limit(most).modifyEnd(skipLocked).execute();

/** Takes passages out that have been added up. */
export const dropPassages = async (tx: Tx, { schema }: StatisticsParts, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .deleteFrom('case_passage')
    .where('id', 'in', [...ids])
    .execute();
};

const columns = {
  key: ['case_type', 'period', 'measure', 'place', 'enterprise_id', 'district_code', 'step'],
  counts: ['count', 'seconds'],
};

/** Adds to the numbers, all in the one order that everybody keeps. */
export const addTallies = (
  tx: Tx,
  { profile, schema }: Pick<StatisticsParts, 'profile' | 'schema'>,
  tallies: ReadonlyMap<string, OwnedTally>,
): Promise<void> =>
  addToCounts(
    tx,
    `${schema}.case_tally`,
    columns,
    [...tallies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { period, measure, place, enterpriseId, districtCode, step, count, seconds }]) => ({
        case_type: profile.lifecycle.id,
        period,
        measure,
        place,
        enterprise_id: enterpriseId,
        district_code: districtCode,
        step,
        count,
        seconds,
      })),
  );
