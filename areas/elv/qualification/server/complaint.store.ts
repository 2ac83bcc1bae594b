import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { endedComplaints, upheldFindings } from '../model/complaint.contract.ts';

/** Rows of `complaint`; of one the hotline tells no more, `gone_at` says since when. Nothing of who complained is there. */
export interface ComplaintTable {
  order_no: string;
  organisation_id: string;
  appeal_type: string;
  category: string | null;
  accepted_at: Date;
  resolve_deadline: Date | null;
  status: string;
  finding: string | null;
  gone_at: Date | null;
}

type Tables = { 'elv_qualification.complaint': ComplaintTable };

const mostShown = 50;

/** Keeps what the hotline tells of an organisation: all complaints accepted since a moment. Those told before and not any more are noted as gone. */
export const keepComplaints = async (
  tx: Tx,
  organisationId: string,
  told: readonly Omit<ComplaintTable, 'organisation_id' | 'gone_at'>[],
  since: Date,
  now: Date,
): Promise<void> => {
  const tables = tx.withTables<Tables>();
  for (const row of told) {
    const whole = { ...row, organisation_id: organisationId, gone_at: null };
    if (await insertIfAbsent(tx, 'elv_qualification.complaint', whole)) continue;
    await tables
      .updateTable('elv_qualification.complaint')
      .set({ ...row, gone_at: null })
      .where('organisation_id', '=', organisationId)
      .where('order_no', '=', row.order_no)
      .execute();
  }
  const numbers = told.map(({ order_no: no }) => no);
  await tables
    .updateTable('elv_qualification.complaint')
    .set({ gone_at: now })
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', '>=', since)
    .where('gone_at', 'is', null)
    .$if(numbers.length > 0, (query) => query.where('order_no', 'not in', numbers))
    .execute();
};

/** The latest complaints about an organisation, newest first. */
export const listComplaints = (db: Db, organisationId: string): Promise<readonly ComplaintTable[]> =>
  db
    .withTables<Tables>()
    .selectFrom('elv_qualification.complaint')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('accepted_at', 'desc')
    .orderBy('order_no')
    .limit(mostShown)
    .execute();

/** How many complaints about an organisation were accepted since a moment, how many of them are open and how many were found right. */
export const countComplaints = async (
  db: Db,
  organisationId: string,
  since: Date,
): Promise<{ readonly all: number; readonly open: number; readonly upheld: number }> => {
  const counted = await db
    .withTables<Tables>()
    .selectFrom('elv_qualification.complaint')
    .select(({ fn }) => [
      fn.countAll<string>().as('all'),
      fn
        .countAll<string>()
        .filterWhere('status', 'not in', [...endedComplaints])
        .as('open'),
      fn
        .countAll<string>()
        .filterWhere('finding', 'in', [...upheldFindings])
        .as('upheld'),
    ])
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', '>=', since)
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { all: Number(counted.all), open: Number(counted.open), upheld: Number(counted.upheld) };
};
