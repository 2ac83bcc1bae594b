import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';

/** Where it is said who people are; given by the area that keeps them. */
export interface Recipients {
  /** The people of an organisation whose accounts serve at that moment, at most so many, the longest there first. */
  ofOrganisation(db: Db | Tx, organisationId: string, at: Date, most: number): Promise<readonly Subject[]>;
  /** The same of people by their ids. */
  ofIds(db: Db | Tx, ids: readonly string[], at: Date, most: number): Promise<readonly Subject[]>;
  /** Ids of everybody who holds a permission on anything at all. */
  holders(permission: string): readonly string[];
}
