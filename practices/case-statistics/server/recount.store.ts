import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Measure } from '../model/passage.ts';
import type { OwnedTally } from './owned-tally.ts';
import { waitingPassages } from './passage.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { PassageTable, RecountTable, StatisticsTables } from './statistics.tables.ts';

const tablesOf = (db: Db | Tx, { schema }: StatisticsParts) => db.withTables<StatisticsTables>().withSchema(schema);

/** The numbers of an enterprise as they are kept. */
export const keptTallies = async (
  tx: Tx,
  parts: StatisticsParts,
  enterpriseId: string,
): Promise<readonly OwnedTally[]> => {
  const rows = await tablesOf(tx, parts)
    .selectFrom('case_tally')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('case_type', '=', parts.profile.lifecycle.id)
    .execute();
  return rows.map(({ period, measure, place, district_code, step, count, seconds }) => ({
    period,
    // Written from the measures only.
    measure: measure as Measure,
    place,
    enterpriseId,
    districtCode: district_code,
    step,
    count: Number(count),
    seconds: Number(seconds),
  }));
};

/** An enterprise's passages that have not been added up. */
export const waitingOf = (tx: Tx, parts: StatisticsParts, enterpriseId: string): Promise<readonly PassageTable[]> =>
  waitingPassages(tx, parts).selectAll().where('enterprise_id', '=', enterpriseId).execute();

/** Forgets the numbers of an enterprise, which are about to be written anew. */
export const forgetTallies = async (tx: Tx, parts: StatisticsParts, enterpriseId: string): Promise<void> => {
  await tablesOf(tx, parts)
    .deleteFrom('case_tally')
    .where('enterprise_id', '=', enterpriseId)
    .where('case_type', '=', parts.profile.lifecycle.id)
    .execute();
};

/** Every enterprise that has numbers, whether or not it has cases. */
export const enterprisesWithTallies = async (parts: StatisticsParts): Promise<readonly string[]> => {
  const rows = await tablesOf(parts.db, parts)
    .selectFrom('case_tally')
    .select('enterprise_id')
    .distinct()
    .where('case_type', '=', parts.profile.lifecycle.id)
    .execute();
  return rows.map(({ enterprise_id }) => enterprise_id);
};

/** A recount begun longer ago that has not ended has failed, or its process has. Assumption: the biggest takes minutes. */
const leaseMs = 3_600_000;

/** Notes that today's recount begins; false where it has ended, or is under way in whichever process. */
export const beginRecount = async (parts: StatisticsParts, at: Date): Promise<boolean> => {
  const made = await insertIfAbsent(parts.db, `${parts.schema}.case_recount`, {
    case_type: parts.profile.lifecycle.id,
    day: shanghaiDay(at),
    begun_at: at,
  });
  if (made) return true;
  const anew = await tablesOf(parts.db, parts)
    .updateTable('case_recount')
    .set({ begun_at: at })
    .where('case_type', '=', parts.profile.lifecycle.id)
    .where('day', '=', shanghaiDay(at))
    .where('ended_at', 'is', null)
    .where('begun_at', '<', new Date(at.getTime() - leaseMs))
    .executeTakeFirst();
  return anew.numUpdatedRows > 0n;
};

/** Takes back that the recount of a day began, which was cut off: whoever works next makes it. */
export const forsakeRecount = async (parts: StatisticsParts, at: Date): Promise<void> => {
  await tablesOf(parts.db, parts)
    .deleteFrom('case_recount')
    .where('case_type', '=', parts.profile.lifecycle.id)
    .where('day', '=', shanghaiDay(at))
    .where('ended_at', 'is', null)
    .execute();
};

/** Notes how today's recount ended. */
export const endRecount = async (
  tx: Tx,
  parts: StatisticsParts,
  at: Date,
  outcome: { readonly endedAt: Date; readonly cases: number; readonly differences: number },
): Promise<void> => {
  await tablesOf(tx, parts)
    .updateTable('case_recount')
    .set({ ended_at: outcome.endedAt, cases: outcome.cases, differences: outcome.differences })
    .where('case_type', '=', parts.profile.lifecycle.id)
    .where('day', '=', shanghaiDay(at))
    .execute();
};

/** The last recount that came to its end; undefined before the first. */
export const lastRecount = (db: Db | Tx, parts: StatisticsParts): Promise<RecountTable | undefined> =>
  tablesOf(db, parts)
    .selectFrom('case_recount')
    .selectAll()
    .where('case_type', '=', parts.profile.lifecycle.id)
    .where('ended_at', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
