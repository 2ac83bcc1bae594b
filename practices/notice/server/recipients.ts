import type { Subject } from '#kernel/access/access.ts';
import { type AccessList, holdersOfPermission } from '#kernel/access/access-list.ts';
import type { CallsOn } from '#kernel/area/offer.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { peopleOffer } from './people.offer.ts';

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

/** Who is there to be told. */
export interface Recipients {
  /** The people of an organisation whose accounts serve at that moment, at most so many, the longest there first. */
  ofOrganisation(db: Db | Tx, organisationId: string, at: Date, most: number): Promise<readonly Subject[]>;
  /** The same of people by their ids. */
  ofIds(db: Db | Tx, ids: readonly string[], at: Date, most: number): Promise<readonly Subject[]>;
  /** Ids of everybody who holds a permission on anything at all. */
  holders(permission: string): readonly string[];
}

/** What sending and showing needs of people beside; given by the area that keeps them, where both are done. */
export interface Reached {
  /** Where people are reached, as their accounts say now. */
  addresses(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Addresses>>;
  /** What people and their organisations are called, whether or not they may still come in. */
  names(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Named>>;
}

/** Recipients over what the area of accounts offers, wherever it runs; who holds what stands in the access list of every process. */
export const recipientsOver = (calls: CallsOn<typeof peopleOffer>, access: { list(): AccessList }): Recipients => ({
  ofOrganisation: (db, organisationId, at, most) =>
    calls.ofOrganisation({ organisationId, at: at.toISOString(), most }, db),
  ofIds: (db, ids, at, most) =>
    ids.length === 0 ? Promise.resolve([]) : calls.ofIds({ ids, at: at.toISOString(), most }, db),
  holders: (permission) => holdersOfPermission(access.list(), permission),
});
