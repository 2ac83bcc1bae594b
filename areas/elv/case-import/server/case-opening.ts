import type { Db, Tx } from '#kernel/db/database.ts';
import type { FilledSections } from '../model/case-rows.ts';

/** For whom cases are opened, and whose doing it is. */
export interface OpeningFor {
  readonly personId: string;
  readonly personName: string;
  readonly ip: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly enterpriseCode: string;
  readonly districtCode: string | null;
  readonly now: Date;
  readonly traceId: string;
}

/** A case to be opened with what is known of it. `key` opens one case, ever; `told` goes into its log. */
export interface CaseToOpen {
  readonly key: string;
  readonly sections: FilledSections;
  readonly told: Readonly<Record<string, unknown>>;
}

/** What an import asks of the vehicle cases. */
export interface CaseOpening {
  /** The enterprise's own cases in hand of these vehicles, and those it has finished: case numbers by VIN. */
  inHand(db: Db, enterpriseId: string, vins: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Why the enterprise may not accept vehicles now, in a sentence; null when it may. */
  obstacle(tx: Tx, enterpriseId: string, now: Date): Promise<string | null>;
  /** So many case numbers of the day. Taken in a transaction of their own: a gap is harmless, a queue of clerks is not. */
  numbers(db: Db, now: Date, count: number): Promise<readonly string[]>;
  /** Opens cases with what was filled, and asks outside what they give rise to. */
  open(tx: Tx, by: OpeningFor, cases: readonly (CaseToOpen & { readonly caseNo: string })[]): Promise<void>;
}
