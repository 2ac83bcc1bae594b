import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Db, Tx } from '#kernel/db/database.ts';

/** An organisation as it is called and placed now. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
}

/** Who registers an organisation, for the log. */
export interface Registrar {
  readonly actor: AuditFact['actor'];
  readonly at: Date;
  readonly traceId: string;
}

/**
 * Where organisations are kept: the one place that says what an enterprise is called, its credit code and its district. A registry keeps their
 * ids only, and asks whenever it shows, searches or judges. Given by whoever puts the program together.
 */
export interface Organisations {
  all(db: Db | Tx): Promise<readonly Organisation[]>;
  find(db: Db | Tx, id: string): Promise<Organisation | undefined>;
  /** Registers one in the caller's transaction, with its entry in the log; undefined where the credit code is taken. */
  register(tx: Tx, one: Omit<Organisation, 'id'>, by: Registrar): Promise<Organisation | undefined>;
}
