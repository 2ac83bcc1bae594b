import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent, skipLocked } from '#kernel/db/dialect/postgres.ts';
import type { ExportFilter, ExportState } from '../model/case-export.contract.ts';
import type { Lane } from './export-hand.ts';

/**
 * Rows of `elv.case_export`. `rights`: digest of what the asker might do then. `slot`: which of the asker's places it takes while it is in hand. `attempt`: only
 * whoever began it last may write of it; `alive_until`: until then that one is believed to be alive; once the file is whole, when that
 * was. `file_key` stands from before the first byte is written.
 */
export interface CaseExportTable {
  id: string;
  asked_by: string;
  asker_name: string;
  asker_ip: string;
  ask_key: string;
  asked_at: Date;
  trace_id: string;
  permission: string;
  rights: string;
  filter: string | null;
  conditions: string;
  reason: string;
  most: number;
  total: number;
  state: ExportState;
  slot: number | null;
  attempt: number;
  alive_until: Date | null;
  rows_written: number;
  file_key: string | null;
  size_bytes: string | null;
  sm3: string | null;
  expires_at: Date | null;
  failure: string | null;
}
type Tables = { 'elv.case_export': CaseExportTable };

const mostListed = 50;
const expiredAtOnce = 100;
const placeOf = (id: string): string => `elv.case_export:${id}`;
const table = (db: Db | Tx) => db.withTables<Tables>();
const exports = (db: Db | Tx) => table(db).selectFrom('elv.case_export').selectAll();

/** What is sealed of exports: a filter may name a person. Source: tender R55 (4). */
export const caseExportSealed: readonly SealedTable[] = [
  sealedColumns({
    table: 'elv.case_export',
    title: '案卷导出的条件',
    key: ['id'],
    purpose: 'personal-data',
    columns: { filter: ({ id }) => placeOf(id ?? '') },
  }),
];

/** The filter of an export, sealed for its row. */
export const sealFilter = (crypto: Crypto, id: string, filter: ExportFilter): Promise<string> =>
  crypto.seal('personal-data', Buffer.from(JSON.stringify(filter), 'utf8'), placeOf(id));

/** The filter of an export in hand. */
export const openFilter = async (crypto: Crypto, { id, filter }: CaseExportTable): Promise<ExportFilter> => {
  if (filter === null) throw new Error(`export ${id} has no filter any more`);
  // Sealed by `sealFilter` from this very shape.
  return JSON.parse(Buffer.from(await crypto.open('personal-data', filter, placeOf(id))).toString('utf8'));
};

/** Keeps an export in the first free place of its asker, of so many; answers false when none is free. */
export const keepExport = async (tx: Tx, one: CaseExportTable, places: number): Promise<boolean> => {
  for (let slot = 1; slot <= places; slot += 1)
    if (await insertIfAbsent(tx, 'elv.case_export', { ...one, slot })) return true;
  return false;
};

/** The export that was asked for under a key. */
export const findAsked = (db: Db | Tx, by: string, key: string): Promise<CaseExportTable | undefined> =>
  exports(db).where('asked_by', '=', by).where('ask_key', '=', key).executeTakeFirst();

/** One's own export; undefined for everybody else's. */
export const findExport = (db: Db | Tx, by: string, id: string): Promise<CaseExportTable | undefined> =>
  exports(db).where('id', '=', id).where('asked_by', '=', by).executeTakeFirst();

/** One's own latest exports, newest first. */
export const listExports = (db: Db, by: string): Promise<readonly CaseExportTable[]> =>
  exports(db).where('asked_by', '=', by).orderBy('asked_at', 'desc').limit(mostListed).execute();

/** Ends an export that is still in hand, whoever works on it; answers false when it had ended already. */
export const cancelExport = async (tx: Tx, id: string): Promise<boolean> => {
  const { numUpdatedRows } = await table(tx)
    .updateTable('elv.case_export')
    .set({ state: 'cancelled', slot: null, filter: null })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** What whoever works on an export is known by: nobody else has this attempt. */
export type ExportInHand = Pick<CaseExportTable, 'id' | 'attempt'>;

/** An export taken in hand, and the file an earlier attempt may have left. */
export interface TakenExport {
  readonly row: CaseExportTable;
  readonly leftover: string | null;
}

/** Exports of a lane that wait, or whose worker is gone. */
const waitingIn = (db: Db | Tx, { over, most }: Lane, now: Date) =>
  table(db)
    .selectFrom('elv.case_export')
    .where('state', 'in', ['queued', 'running'])
    .where('total', '>', over)
    .where('total', '<=', most)
    .where((eb) => eb.or([eb('alive_until', 'is', null), eb('alive_until', '<', now)]));

/** Whether an export of a lane is to be taken. */
export const exportWaits = async (db: Db, lane: Lane, now: Date): Promise<boolean> =>
  (await waitingIn(db, lane, now).select('id').limit(1).executeTakeFirst()) !== undefined;

/** Takes the oldest export of a lane that waits, or whose worker is gone. */
export const takeExport = (
  db: Db,
  lane: Lane,
  at: { readonly now: Date; readonly aliveUntil: Date; readonly fileKey: string },
): Promise<TakenExport | undefined> =>
  inTransaction(db, async (tx) => {
    const row = await waitingIn(tx, lane, at.now)
      .selectAll()
      .orderBy('asked_at')
      .limit(1)
      .modifyEnd(skipLocked)
      .executeTakeFirst();
    if (!row) return undefined;
    const taken = {
      state: 'running',
      attempt: row.attempt + 1,
      alive_until: at.aliveUntil,
      rows_written: 0,
      file_key: at.fileKey,
    } as const;
    await table(tx).updateTable('elv.case_export').set(taken).where('id', '=', row.id).execute();
    return { row: { ...row, ...taken }, leftover: row.file_key };
  });

/** Changes an export as whoever works on it; answers false when it was cancelled or another took it over. */
export const noteOfExport = async (
  db: Db | Tx,
  { id, attempt }: ExportInHand,
  change: Partial<CaseExportTable>,
): Promise<boolean> => {
  const { numUpdatedRows } = await table(db)
    .updateTable('elv.case_export')
    .set(change)
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Has the files of a person beyond the `kept` that ended last cleared away from now on; the one that has just ended is the last. Source: assumption of ADR 0050. */
export const expireOldest = async (
  tx: Tx,
  { id, asked_by: askedBy }: Pick<CaseExportTable, 'id' | 'asked_by'>,
  { now, kept }: { readonly now: Date; readonly kept: number },
): Promise<void> => {
  const beyond = exports(tx)
    .clearSelect()
    .select('id')
    .where('asked_by', '=', askedBy)
    .where('state', '=', 'done')
    .where('id', '<>', id)
    // All of a day expire together.
    .orderBy('alive_until', 'desc')
    .offset(kept - 1);
  await table(tx)
    .updateTable('elv.case_export')
    .set({ expires_at: now })
    .where('id', 'in', beyond)
    .where('expires_at', '>', now)
    .execute();
};

/** Exports whose files have been kept long enough. */
export const listExpired = (db: Db, now: Date): Promise<readonly CaseExportTable[]> =>
  exports(db)
    .where('state', '=', 'done')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(expiredAtOnce)
    .execute();

/** Notes that the file of an export is gone. */
export const noteExpired = async (db: Db, id: string): Promise<void> => {
  await table(db)
    .updateTable('elv.case_export')
    .set({ state: 'expired', file_key: null })
    .where('id', '=', id)
    .where('state', '=', 'done')
    .execute();
};
