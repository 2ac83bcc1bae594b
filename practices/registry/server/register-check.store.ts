import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { RegisterCheck } from '../model/registry-record.ts';
import type { RegisterAnswer } from './company-register.ts';
import type { RegistryTables } from './registry.tables.ts';

/** The last question to the company register about an entry, its answer opened. */
export interface CheckRow {
  readonly reference: string;
  readonly check: RegisterCheck;
  readonly answer: RegisterAnswer | null;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
}

/** Where the answer about an entry is sealed to. */
export const checkPlace = (schema: string, entryId: string): string => `${schema}.registry_check:${entryId}`;

const rowOf = (db: Db | Tx, schema: string, entryId: string) =>
  db.withTables<RegistryTables>().withSchema(schema).selectFrom('registry_check').where('entry_id', '=', entryId);

const checkOf = (row: { status: string; outcome: string | null; text: string }): RegisterCheck => ({
  // Written from these unions only.
  status: row.status as RegisterCheck['status'],
  outcome: row.outcome as RegisterCheck['outcome'],
  text: row.text,
});

/** How the question about an entry stands; nothing is opened. */
export const loadCheck = async (db: Db | Tx, schema: string, entryId: string): Promise<RegisterCheck | undefined> => {
  const row = await rowOf(db, schema, entryId).select(['status', 'outcome', 'text']).executeTakeFirst();
  return row && checkOf(row);
};

/** The last question with its answer. */
export const findCheck = async (
  db: Db | Tx,
  crypto: Crypto,
  schema: string,
  entryId: string,
): Promise<CheckRow | undefined> => {
  const row = await rowOf(db, schema, entryId).selectAll().executeTakeFirst();
  if (!row) return undefined;
  const opened = row.answer && (await crypto.open('exchange', row.answer, checkPlace(schema, entryId)));
  return {
    reference: row.reference,
    check: checkOf(row),
    // Sealed by keepAnswer from this shape.
    answer: opened ? (JSON.parse(Buffer.from(opened).toString('utf8')) as RegisterAnswer) : null,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
  };
};

/** Notes that a question was asked; what was answered to an earlier one is no longer an answer. */
export const noteAsked = async (
  tx: Tx,
  schema: string,
  entryId: string,
  reference: string,
  at: Date,
): Promise<void> => {
  const fresh = {
    reference,
    status: 'waiting',
    outcome: null,
    text: '',
    answer: null,
    asked_at: at,
    answered_at: null,
  };
  if (await insertIfAbsent(tx, `${schema}.registry_check`, { entry_id: entryId, ...fresh })) return;
  await tx
    .withTables<RegistryTables>()
    .withSchema(schema)
    .updateTable('registry_check')
    .set(fresh)
    .where('entry_id', '=', entryId)
    .execute();
};

/** Keeps how a question ended, if it is still the last one. */
export const settleCheck = async (
  tx: Tx,
  crypto: Crypto,
  schema: string,
  question: { readonly entryId: string; readonly reference: string },
  end: { readonly check: RegisterCheck; readonly answer: RegisterAnswer | null; readonly at: Date },
): Promise<void> => {
  const { entryId, reference } = question;
  const sealed =
    end.answer && (await crypto.seal('exchange', Buffer.from(JSON.stringify(end.answer)), checkPlace(schema, entryId)));
  await tx
    .withTables<RegistryTables>()
    .withSchema(schema)
    .updateTable('registry_check')
    .set({
      status: end.check.status,
      outcome: end.check.outcome,
      text: end.check.text.slice(0, 500),
      answer: sealed,
      answered_at: end.check.status === 'answered' ? end.at : null,
    })
    .where('entry_id', '=', entryId)
    .where('reference', '=', reference)
    .execute();
};
