import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { CaseOpening } from './case-opening.ts';

/** What the import works with. */
export interface ImportDesk {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly cases: CaseOpening;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
  readonly onFailure: (error: unknown, about?: object) => void;
}
