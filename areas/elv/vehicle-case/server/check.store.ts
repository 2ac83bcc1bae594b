import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { type Part, partOf } from '#kernel/db/parts.ts';
import type { CheckKind, CheckOutcome } from '../model/vehicle-case.record.ts';
import type { CheckTable, ElvTables } from './vehicle-case.tables.ts';

/** The last question of a kind with its answer opened. */
export interface CheckRow extends CheckOutcome {
  readonly kind: CheckKind;
  readonly askedOf: string;
  readonly items: readonly { readonly text: string; readonly verdict: 'pass' | 'notice' | 'manual' | 'block' }[];
  /** What the outside system said, where it is needed later (police data for the comparison). */
  readonly answer: unknown;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
}

/** What is kept of an answer. */
export interface CheckAnswer {
  readonly verdict: NonNullable<CheckOutcome['verdict']>;
  readonly text: string;
  readonly items: CheckRow['items'];
  readonly answer: unknown;
}

/** Where the answer of a check is sealed to. */
export const checkPlace = (caseId: string, kind: string): string => `elv.vehicle_check:${caseId}:${kind}`;

const opened = async (crypto: Crypto, row: CheckTable): Promise<CheckRow> => {
  const text =
    row.answer === null ? null : await crypto.open('exchange', row.answer, checkPlace(row.case_id, row.kind));
  // Sealed by answerCheck from this shape.
  const kept =
    text === null
      ? { items: [], answer: null }
      : (JSON.parse(Buffer.from(text).toString('utf8')) as Pick<CheckRow, 'items' | 'answer'>);
  return {
    // The columns are written from these unions only.
    kind: row.kind as CheckKind,
    status: row.status as CheckOutcome['status'],
    verdict: row.verdict as CheckOutcome['verdict'],
    text: row.text,
    askedOf: row.asked_of,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    ...kept,
  };
};

/** Every check of a case, to be read with other rows and then opened. */
export const checksPart = (db: Db | Tx, caseId: string): Part<CheckTable> =>
  partOf(
    db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_check')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('kind'),
    { asked_at: 'time', answered_at: 'time' },
    (row) => row,
  );

/** Opens the answers of checks. */
export const openChecks = (crypto: Crypto, rows: readonly CheckTable[]): Promise<readonly CheckRow[]> =>
  Promise.all(rows.map((row) => opened(crypto, row)));

/** How a check stands, without its answer. */
export type CheckFacts = Pick<CheckTable, 'kind' | 'asked_of' | 'status' | 'verdict' | 'text'>;

/** How the checks of a case stand, without their answers, to be read with other rows. */
export const checkFactsPart = (db: Db | Tx, caseId: string): Part<CheckFacts> =>
  partOf(
    db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_check')
      .select(['kind', 'asked_of', 'status', 'verdict', 'text'])
      .where('case_id', '=', caseId)
      .orderBy('kind'),
    {},
    (row) => row,
  );

/** Notes that a question was asked; an earlier answer is no longer one. */
export const noteAsked = async (tx: Tx, caseId: string, kind: CheckKind, askedOf: string, at: Date): Promise<void> => {
  const fresh = {
    asked_of: askedOf,
    status: 'waiting',
    verdict: null,
    text: '',
    answer: null,
    asked_at: at,
    answered_at: null,
  };
  const made = await insertIfAbsent(tx, 'elv.vehicle_check', { case_id: caseId, kind, ...fresh });
  if (made) return;
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_check')
    .set(fresh)
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .execute();
};

/** The words of an answer as they are kept. */
export const keptText = ({ text }: CheckAnswer): string => text.slice(0, 500);

/** Keeps an answer if its question is still the last one; answers false for an answer that came too late to matter. */
export const answerCheck = async (
  tx: Tx,
  crypto: Crypto,
  { caseId, kind, askedOf }: { readonly caseId: string; readonly kind: CheckKind; readonly askedOf: string },
  answer: CheckAnswer,
  at: Date,
): Promise<boolean> => {
  const sealed = await crypto.seal(
    'exchange',
    Buffer.from(JSON.stringify({ items: answer.items, answer: answer.answer })),
    checkPlace(caseId, kind),
  );
  const result = await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_check')
    .set({
      status: 'answered',
      verdict: answer.verdict,
      text: keptText(answer),
      answer: sealed,
      answered_at: at,
    })
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('asked_of', '=', askedOf)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

/** Notes in the words of an answer that what it demands could not be done. */
export const noteUnheeded = async (
  tx: Tx,
  { caseId, kind, askedOf }: { readonly caseId: string; readonly kind: CheckKind; readonly askedOf: string },
  text: string,
): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_check')
    .set({ text: text.slice(0, 500) })
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('asked_of', '=', askedOf)
    .execute();
};

/** Notes that the last asking of a question got no answer for good, so that a person must look after it. What was answered stays so. */
export const noteUnanswered = async (
  tx: Tx,
  { caseId, kind, askedOf, askedAt }: Pick<CheckRow, 'kind' | 'askedOf' | 'askedAt'> & { readonly caseId: string },
): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_check')
    .set({ status: 'needs-person' })
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('asked_of', '=', askedOf)
    .where('asked_at', '=', askedAt)
    .where('status', '!=', 'answered')
    .execute();
};

/** Forgets checks whose question makes no sense any more (no agent, another kind of owner). */
export const dropChecks = async (tx: Tx, caseId: string, kinds: readonly CheckKind[]): Promise<void> => {
  if (kinds.length === 0) return;
  await tx
    .withTables<ElvTables>()
    .deleteFrom('elv.vehicle_check')
    .where('case_id', '=', caseId)
    .where('kind', 'in', [...kinds])
    .execute();
};
