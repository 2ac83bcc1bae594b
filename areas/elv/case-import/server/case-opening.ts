import type { Db, Tx } from '#kernel/db/database.ts';
import type { CaseToOpen, OpeningFor } from '../../vehicle-case/model/opening.ts';

/** What an import asks of the vehicle cases. */
export interface CaseOpening {
  /** The enterprise's own cases in hand of these vehicles, and those it has finished: case numbers by VIN. */
  inHand(db: Db, enterpriseId: string, vins: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Why the enterprise may not accept vehicles now, in a sentence; null when it may. */
  obstacle(tx: Tx, enterpriseId: string, now: Date): Promise<string | null>;
  /** So many case numbers of the day. Taken in a transaction of their own: a gap is harmless, a queue of clerks is not. */
  numbers(db: Db, now: Date, count: number): Promise<readonly string[]>;
  /** Opens cases with what was filled, and asks outside what they give rise to. */
  open(tx: Tx, by: OpeningFor, cases: readonly CaseToOpen[]): Promise<unknown>;
}
