import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import type { Db, Tx } from '#kernel/db/database.ts';

/** A case as its photographs are weighed against it. */
export interface WeighedCase {
  readonly enterpriseId: string;
  readonly vin: string | null;
  readonly openedAt: Date;
  readonly handedOverAt: Date | null;
}

/** A photograph of a case, whatever has become of it. */
export interface CasePhoto {
  readonly id: string;
  readonly part: string;
  readonly title: string;
  readonly mediaType: string;
  readonly fileName: string;
  readonly uploadedAt: Date;
  readonly operatorName: string;
  readonly deviceTime: Date | null;
  readonly place: string | null;
  readonly removed: boolean;
}

/** Another case as it is named. */
export interface NamedCase {
  readonly id: string;
  readonly caseNo: string;
  readonly enterpriseName: string;
  readonly vin: string | null;
}

/** What is asked of vehicle cases about their photographs. Given by whoever puts the area together. */
export interface WeighedCases {
  /** The case within the rows of whoever asks; undefined otherwise. */
  find(db: Db, caseId: string, rows: Predicate): Promise<WeighedCase | undefined>;
  photosOf(db: Db, caseId: string): Promise<readonly CasePhoto[]>;
  photos(db: Db, ids: readonly string[]): Promise<readonly CasePhoto[]>;
  /** Those of the cases that are within the rows. */
  named(db: Db, ids: readonly string[], rows: Predicate): Promise<readonly NamedCase[]>;
  /** What a notice needs of a case. */
  target(tx: Tx, caseId: string): Promise<{ readonly caseNo: string; readonly row: AccessRow } | undefined>;
}
