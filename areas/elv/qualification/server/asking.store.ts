import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { unwatchedStates } from '../model/event.contract.ts';

/** Rows of `penalty_asking`, `complaint_asking` and `enforcement_asking`: the last question about an organisation. */
export interface AskingRow {
  organisation_id: string;
  reference: string;
  status: 'waiting' | 'answered' | 'refused' | 'needs-person';
  text: string;
  asked_at: Date;
  as_of: Date | null;
}

/** Where the last questions of one kind are kept. */
export type AskingTable =
  | 'elv_qualification.penalty_asking'
  | 'elv_qualification.complaint_asking'
  | 'elv_qualification.enforcement_asking';

type Tables = Record<AskingTable, AskingRow> & {
  'elv_qualification.registry_entry': { id: string; organisation_id: string; state: string };
};

/** The last question of a kind about an organisation. */
export const findAsking = (db: Db | Tx, table: AskingTable, organisationId: string): Promise<AskingRow | undefined> =>
  db
    .withTables<Tables>()
    .selectFrom(table)
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();

/** Notes that a question was asked; what is answered to an earlier one is no answer any more. */
export const noteAsking = async (
  tx: Tx,
  table: AskingTable,
  organisationId: string,
  reference: string,
  at: Date,
): Promise<void> => {
  const fresh = { reference, status: 'waiting', text: '', asked_at: at } as const;
  if (await insertIfAbsent(tx, table, { organisation_id: organisationId, as_of: null, ...fresh })) return;
  await tx.withTables<Tables>().updateTable(table).set(fresh).where('organisation_id', '=', organisationId).execute();
};

/** Keeps how a question ended; answers whom it was about, undefined where it is not the last one any more. */
export const settleAsking = async (
  tx: Tx,
  table: AskingTable,
  reference: string,
  end: Pick<AskingRow, 'status' | 'text'> & { readonly as_of?: Date },
): Promise<string | undefined> =>
  (
    await tx
      .withTables<Tables>()
      .updateTable(table)
      .set({ ...end, text: end.text.slice(0, 500) })
      .where('reference', '=', reference)
      .returning('organisation_id')
      .executeTakeFirst()
  )?.organisation_id;

/** Those of these organisations that a question of a kind was asked about after a moment. */
export const askedAfter = async (
  db: Db,
  table: AskingTable,
  organisationIds: readonly string[],
  moment: Date,
): Promise<readonly string[]> => {
  if (organisationIds.length === 0) return [];
  const rows = await db
    .withTables<Tables>()
    .selectFrom(table)
    .select('organisation_id')
    .where('organisation_id', 'in', [...organisationIds])
    .where('asked_at', '>', moment)
    .execute();
  return rows.map((row) => row.organisation_id);
};

/** Enterprises that are qualified or under review and that nobody has asked about since a moment: the next behind one, by their organisations. */
export const unaskedSince = async (
  db: Db,
  table: AskingTable,
  moment: Date,
  behind: string,
  most: number,
): Promise<readonly { readonly organisationId: string; readonly entryId: string }[]> =>
  db
    .withTables<Tables>()
    .selectFrom('elv_qualification.registry_entry as e')
    .leftJoin(`${table} as a`, 'a.organisation_id', 'e.organisation_id')
    .select(['e.organisation_id as organisationId', 'e.id as entryId'])
    .where('e.state', 'not in', [...unwatchedStates])
    .where('e.organisation_id', '>', behind)
    .where((eb) => eb.or([eb('a.asked_at', 'is', null), eb('a.asked_at', '<', moment)]))
    .orderBy('e.organisation_id')
    .limit(most)
    .execute();
