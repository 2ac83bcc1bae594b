import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { AppliedPeople } from '../../person/model/applied-people.ts';
import type { PermissionView } from '../model/access-change.contract.ts';
import { type ConditionFields, fieldsOf, type PersonalFields } from '../model/access-change.ts';
import type { Names } from '../model/describe-change.ts';

/** What signing in offers for what one administrator alone has set of how somebody signs in. */
export interface SetAlone {
  /** Holds the accounts for the length of the transaction. */
  hold(tx: Tx, ids: readonly string[]): Promise<void>;
  /** Of some people those of whom one administrator alone has set how they sign in. */
  setAloneAmong(db: Db, ids: readonly string[]): Promise<readonly string[]>;
  /** Ends every way to sign in of a person of whom one administrator alone has set one; answers what there was, null where nothing ends. */
  endSetAlone(tx: Tx, id: string, at: Date): Promise<Readonly<Record<string, unknown>> | null>;
  /** Nothing remembered of the person's sessions is relied on any more. */
  forget(id: string): void;
}

/** What looking into permissions and changing them works with. The catalogue is that of all areas, known once all are put together. */
export interface AccessDesk {
  readonly db: Db;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  readonly access: StoredAccess;
  readonly accessList: AccessListStore;
  readonly permissions: () => readonly PermissionView[];
  readonly conditions: ConditionFields;
  readonly personal: PersonalFields;
  /** The thing a permission may be about, by the stem of the permission and what people know the thing by. Errors: throws where its area does not answer. */
  readonly findTarget: (stem: string, known: string) => ReturnType<AccessTarget['find']>;
  readonly applied: AppliedPeople;
  readonly accounts: SetAlone;
}

/** A person as they are chosen by. */
export interface FoundPerson {
  readonly id: string;
  readonly name: string;
  readonly userName: string;
  readonly organisationName: string | null;
}

/** Names for a description; people are looked up beforehand. */
export const namesFor = (desk: AccessDesk, people: readonly FoundPerson[]): Names => {
  const titles = new Map(
    desk.permissions().map(({ permission, title, resource }) => [permission, `${resource}·${title}`]),
  );
  const byId = new Map(people.map((person) => [person.id, `${person.name}（${person.userName}）`]));
  return {
    person: (id) => byId.get(id) ?? id,
    role: (id) => desk.access.titleOf(id),
    permission: (permission) => titles.get(permission) ?? permission,
    fields: (permission) => fieldsOf(desk.conditions, permission),
    personal: (permission) => desk.personal[permission] ?? {},
    target: (id) => id,
  };
};
