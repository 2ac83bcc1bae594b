import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent, skipLocked } from '#kernel/db/dialect/postgres.ts';
import type { GoodCase } from '../model/case-rows.ts';

/** Rows of `elv.case_import`. `opened` cases of `good` are there; `halted` says why the rest waits; of an `expired` one the lines are forgotten. */
export interface CaseImportTable {
  id: string;
  uploaded_by: string;
  uploader_name: string;
  uploader_ip: string;
  upload_key: string;
  uploaded_at: Date;
  enterprise_id: string;
  enterprise_name: string;
  enterprise_code: string;
  district_code: string | null;
  file_name: string;
  total: number;
  good: number;
  fault_count: number;
  faults: string;
  accepted_at: Date | null;
  trace_id: string;
  opened: number;
  halted: string | null;
  expired: boolean;
}

/** Rows of `elv.case_import_part`: lines no case was opened from yet. `due_at` stands once the import was accepted, and not while it is halted. */
interface PartTable {
  id: string;
  import_id: string;
  cases: number;
  rows: string;
  due_at: Date | null;
}

type Tables = { 'elv.case_import': CaseImportTable; 'elv.case_import_part': PartTable };

/** Cases opened in one transaction: few enough that nobody waits for it, enough that ten thousand take minutes. */
export const casesOfPart = 25;

/** How long what was uploaded waits. Assumption: who does not come back within a day begins anew. */
const waitMs = 24 * 3_600_000;

const mostListed = 20;

const imports = (db: Db | Tx) => db.withTables<Tables>().selectFrom('elv.case_import').selectAll();

const partPlace = (id: string): string => `elv.case_import_part:${id}`;

/** What is sealed of uploads. Source: tender R55 (4). */
export const caseImportSealed: readonly SealedTable[] = [
  sealedColumns({
    table: 'elv.case_import_part',
    title: '待导入的案卷',
    key: ['id'],
    purpose: 'personal-data',
    columns: { rows: ({ id }) => partPlace(id ?? '') },
  }),
];

/** Seals the lines of an import in parts, in their order. */
const partsOf = (crypto: Crypto, importId: string, rows: readonly GoodCase[]): Promise<readonly PartTable[]> =>
  Promise.all(
    Array.from({ length: Math.ceil(rows.length / casesOfPart) }, async (_, at) => {
      const some = rows.slice(at * casesOfPart, (at + 1) * casesOfPart);
      const id = `${importId}.${String(at).padStart(4, '0')}`;
      const sealed = await crypto.seal('personal-data', Buffer.from(JSON.stringify(some), 'utf8'), partPlace(id));
      return { id, import_id: importId, cases: some.length, rows: sealed, due_at: null };
    }),
  );

/** Keeps an import with its lines unless this upload was kept before; answers what stands. */
export const keepImport = async (
  tx: Tx,
  crypto: Crypto,
  one: CaseImportTable,
  rows: readonly GoodCase[],
): Promise<CaseImportTable> => {
  if (await insertIfAbsent(tx, 'elv.case_import', { ...one })) {
    for (const part of await partsOf(crypto, one.id, rows))
      await tx.withTables<Tables>().insertInto('elv.case_import_part').values(part).execute();
    return one;
  }
  return imports(tx)
    .where('uploaded_by', '=', one.uploaded_by)
    .where('upload_key', '=', one.upload_key)
    .executeTakeFirstOrThrow();
};

/** The import of an upload, where it was kept. */
export const findUpload = (db: Db, by: string, key: string): Promise<CaseImportTable | undefined> =>
  imports(db).where('uploaded_by', '=', by).where('upload_key', '=', key).executeTakeFirst();

/** One's own import; undefined for everybody else's. */
export const findImport = (db: Db, by: string, id: string): Promise<CaseImportTable | undefined> =>
  imports(db).where('id', '=', id).where('uploaded_by', '=', by).executeTakeFirst();

/** The same, held for the length of the transaction. */
export const lockImport = (tx: Tx, by: string, id: string): Promise<CaseImportTable | undefined> =>
  imports(tx).where('id', '=', id).where('uploaded_by', '=', by).forUpdate().executeTakeFirst();

/** One's own latest imports, newest first. */
export const listImports = (db: Db, by: string): Promise<readonly CaseImportTable[]> =>
  imports(db).where('uploaded_by', '=', by).orderBy('uploaded_at', 'desc').limit(mostListed).execute();

/** Lets cases be opened from the lines of an import, from now on. */
export const beginOpening = async (tx: Tx, importId: string, at: Date): Promise<void> => {
  const tables = tx.withTables<Tables>();
  await tables
    .updateTable('elv.case_import')
    .set({ accepted_at: at, halted: null })
    .where('id', '=', importId)
    .execute();
  await tables.updateTable('elv.case_import_part').set({ due_at: at }).where('import_id', '=', importId).execute();
};

/** Stops an import where it is, with the reason its uploader is told. */
export const haltImport = async (tx: Tx, importId: string, reason: string): Promise<void> => {
  const tables = tx.withTables<Tables>();
  await tables.updateTable('elv.case_import').set({ halted: reason }).where('id', '=', importId).execute();
  await tables.updateTable('elv.case_import_part').set({ due_at: null }).where('import_id', '=', importId).execute();
};

/** A part that waits for its cases, and whose import it is. */
export interface DuePart {
  readonly id: string;
  readonly of: CaseImportTable;
  readonly rows: readonly GoodCase[];
}

/** How many cases the next part has that waits and nobody has in hand; undefined where there is none. */
export const peekPart = async (db: Db): Promise<{ readonly id: string; readonly cases: number } | undefined> =>
  db
    .withTables<Tables>()
    .selectFrom('elv.case_import_part')
    .select(['id', 'cases'])
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .modifyEnd(skipLocked)
    .executeTakeFirst();

/** Takes a part in hand for the length of the transaction; undefined where another process has it, or it waits no more. */
export const takePart = async (tx: Tx, crypto: Crypto, id: string): Promise<DuePart | undefined> => {
  const part = await tx
    .withTables<Tables>()
    .selectFrom('elv.case_import_part')
    .selectAll()
    .where('id', '=', id)
    .where('due_at', 'is not', null)
    .modifyEnd(skipLocked)
    .executeTakeFirst();
  if (!part) return undefined;
  const of = await imports(tx).where('id', '=', part.import_id).executeTakeFirstOrThrow();
  const text = await crypto.open('personal-data', part.rows, partPlace(part.id));
  // Sealed by `partsOf` from this very shape.
  return { id, of, rows: JSON.parse(Buffer.from(text).toString('utf8')) as GoodCase[] };
};

/** Notes that the cases of a part are open; its lines are needed no more. */
export const notePartOpened = async (tx: Tx, { id, of, rows }: DuePart): Promise<void> => {
  const tables = tx.withTables<Tables>();
  await tables.deleteFrom('elv.case_import_part').where('id', '=', id).execute();
  await tables
    .updateTable('elv.case_import')
    .set((eb) => ({ opened: eb('opened', '+', rows.length) }))
    .where('id', '=', of.id)
    .execute();
};

/** Forgets lines nobody came back for within a day. */
export const forgetWaiting = async (tx: Tx, now: Date): Promise<void> => {
  const tables = tx.withTables<Tables>();
  const expired = await tables
    .updateTable('elv.case_import')
    .set({ expired: true })
    .where('uploaded_at', '<', new Date(now.getTime() - waitMs))
    .where('accepted_at', 'is', null)
    .where('expired', '=', false)
    .returning('id')
    .execute();
  if (expired.length === 0) return;
  const ids = expired.map(({ id }) => id);
  await tables.deleteFrom('elv.case_import_part').where('import_id', 'in', ids).execute();
};
