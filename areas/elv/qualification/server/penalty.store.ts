import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

/** Rows of `penalty`. Days are `yyyy-MM-dd`, `amount_fen` comes as text; of one the lake tells no more, `gone_at` says since when. */
export interface PenaltyTable {
  penalty_no: string;
  organisation_id: string;
  department: string;
  decided_on: string;
  basis: string | null;
  content: string;
  amount_fen: string | null;
  public_until: string | null;
  gone_at: Date | null;
}

type Tables = {
  'elv_qualification.penalty': PenaltyTable;
  'elv_qualification.standing': { organisation_id: string; entry_id: string; status: string };
};

const mostShown = 100;

/** Keeps what the lake tells of an organisation: all of its penalties since a day. Those told before and not any more are noted as gone. */
export const keepPenalties = async (
  tx: Tx,
  organisationId: string,
  told: readonly Omit<PenaltyTable, 'organisation_id' | 'gone_at'>[],
  since: string,
  now: Date,
): Promise<void> => {
  const tables = tx.withTables<Tables>();
  for (const row of told) {
    const whole = { ...row, organisation_id: organisationId, gone_at: null };
    if (await insertIfAbsent(tx, 'elv_qualification.penalty', whole)) continue;
    await tables
      .updateTable('elv_qualification.penalty')
      .set({ ...row, gone_at: null })
      .where('penalty_no', '=', row.penalty_no)
      .where('organisation_id', '=', organisationId)
      .execute();
  }
  const numbers = told.map(({ penalty_no: no }) => no);
  await tables
    .updateTable('elv_qualification.penalty')
    .set({ gone_at: now })
    .where('organisation_id', '=', organisationId)
    .where('decided_on', '>=', since)
    .where('gone_at', 'is', null)
    .$if(numbers.length > 0, (query) => query.where('penalty_no', 'not in', numbers))
    .execute();
};

/** The latest penalties of an organisation, newest first. */
export const listPenalties = (db: Db | Tx, organisationId: string): Promise<readonly PenaltyTable[]> =>
  db
    .withTables<Tables>()
    .selectFrom('elv_qualification.penalty')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('decided_on', 'desc')
    .orderBy('penalty_no')
    .limit(mostShown)
    .execute();

/** How many penalties that stand were decided since a day, of the enterprises of these entries; by entry. */
export const penaltiesSince = async (
  db: Db,
  entryIds: readonly string[],
  since: string,
): Promise<ReadonlyMap<string, number>> => {
  if (entryIds.length === 0) return new Map();
  const rows = await db
    .withTables<Tables>()
    .selectFrom('elv_qualification.standing as s')
    .innerJoin('elv_qualification.penalty as p', 'p.organisation_id', 's.organisation_id')
    .select(({ fn }) => ['s.entry_id as entryId', fn.countAll<string>().as('count')])
    .where('s.entry_id', 'in', [...entryIds])
    .where('p.decided_on', '>=', since)
    .where('p.gone_at', 'is', null)
    .groupBy('s.entry_id')
    .execute();
  return new Map(rows.map(({ entryId, count }) => [entryId, Number(count)]));
};
