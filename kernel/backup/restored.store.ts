import { sql } from 'kysely';
import type { TrailTables } from '#kernel/audit/entry.table.ts';
import type { Tx } from '#kernel/db/database.ts';

type Tables = TrailTables & { 'kernel.step': { case_type: string; case_id: string; seq: number } };

const atOnce = 500;

/** Chains with entries that no seal covers yet, page by page. */
export const unsealedChains = async function* (tx: Tx): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const rows = await tx
      .withTables<Tables>()
      .selectFrom('kernel.audit_head')
      .select('chain')
      .where('unsealed', '=', true)
      .where('chain', '>', after)
      .orderBy('chain')
      .limit(atOnce)
      .execute();
    for (const { chain } of rows) yield chain;
    if (rows.length < atOnce) return;
    after = rows.at(-1)?.chain ?? '';
  }
};

/** A matter that steps were taken with. */
export interface SteppedCase {
  readonly case_type: string;
  readonly case_id: string;
}

/** Every matter that steps were taken with, a page at a time, found by the first step each has; the key of steps serves the order. */
export const steppedCases = async function* (tx: Tx): AsyncGenerator<readonly SteppedCase[]> {
  let after: SteppedCase = { case_type: '', case_id: '' };
  for (;;) {
    const { case_type: type, case_id: id } = after;
    const rows: SteppedCase[] = await tx
      .withTables<Tables>()
      .selectFrom('kernel.step')
      .select(['case_type', 'case_id'])
      // Compared as rows: as a condition on the one or the other, every page would walk the index from its beginning.
      .where(sql<boolean>`(case_type, case_id) > (${type}, ${id})`)
      .groupBy(['case_type', 'case_id'])
      .orderBy('case_type')
      .orderBy('case_id')
      .limit(atOnce)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < atOnce) return;
    after = rows.at(-1) ?? after;
  }
};
