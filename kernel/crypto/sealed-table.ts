import type { Crypto, KeyKeeper, KeyPurpose } from './crypto.ts';

/** A row as the rotation reads it: its key and the columns named. */
export type SealedRow = Readonly<Record<string, string | null>>;

/** What is at hand for sealing a row anew. */
export interface Resealing {
  readonly crypto: Crypto;
  /** The same content under the current key; as it is when it is already, and null for null. Errors: throws SealBroken for an altered text. */
  again(purpose: KeyPurpose, sealed: string | null, place: string): Promise<string | null>;
}

/**
 * A table that holds sealed texts or blind indexes. Whoever seals into a column names it here, or keys are never retired: the rotation looks for texts under
 * old keys in every column of the database before it retires one.
 */
export interface SealedTable {
  /** `schema.table`. */
  readonly table: string;
  readonly title: string;
  /** Its primary key; all of text. */
  readonly key: readonly string[];
  /** Columns read and, where changed, written. */
  readonly columns: readonly string[];
  /** The row's columns anew; a column left out stays as it is. Pure but for the seals: it may run twice over the same row. */
  reseal(row: SealedRow, tools: Resealing): Promise<SealedRow>;
}

/** A table each of whose sealed columns is one text under one purpose. */
export const sealedColumns = (
  of: Omit<SealedTable, 'reseal' | 'columns'> & {
    readonly purpose: KeyPurpose;
    /** The place of each column's text. */
    readonly columns: Readonly<Record<string, (row: SealedRow) => string>>;
  },
): SealedTable => ({
  table: of.table,
  title: of.title,
  key: of.key,
  columns: Object.keys(of.columns),
  reseal: async (row, { again }) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(of.columns).map(
          async ([column, place]) => [column, await again(of.purpose, row[column] ?? null, place(row))] as const,
        ),
      ),
    ),
});

/** Tools over an edition and its keys. */
export const resealingWith = (crypto: Crypto, keeper: KeyKeeper): Resealing => ({
  crypto,
  again: async (purpose, sealed, place) => {
    if (sealed === null || (await keeper.isCurrent(purpose, sealed))) return sealed;
    return crypto.seal(purpose, await crypto.open(purpose, sealed, place), place);
  },
});
