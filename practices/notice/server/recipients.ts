import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';

/** Where a person is reached; null where the account does not say. */
export interface Addresses {
  readonly phone: string | null;
  readonly email: string | null;
}

/** What a person is called. */
export interface Named {
  readonly name: string;
  readonly organisationName: string | null;
}

/** Where it is said who people are; given by the area that keeps them. */
export interface Recipients {
  /** The people of an organisation whose accounts serve at that moment, at most so many, the longest there first. */
  ofOrganisation(db: Db | Tx, organisationId: string, at: Date, most: number): Promise<readonly Subject[]>;
  /** The same of people by their ids. */
  ofIds(db: Db | Tx, ids: readonly string[], at: Date, most: number): Promise<readonly Subject[]>;
  /** Where people are reached, as their accounts say now. */
  addresses(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Addresses>>;
  /** What people and their organisations are called, whether or not they may still come in. */
  names(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Named>>;
  /** Ids of everybody who holds a permission on anything at all. */
  holders(permission: string): readonly string[];
}
