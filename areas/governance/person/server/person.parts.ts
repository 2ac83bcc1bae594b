import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { workOffer } from '#kernel/area/hand-over.ts';
import type { CallsOn } from '#kernel/area/offer.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { CredentialKind } from '../../credential-change/model/credential-change.ts';

/** What signing in offers for looking after accounts. */
export interface AccountDoor {
  /** Adds an account unless the user name is taken; answers whether one was added. */
  add(
    tx: Tx,
    account: {
      readonly id: string;
      readonly userName: string;
      readonly name: string;
      readonly organisationId: string | null;
      readonly passwordHash: string;
      readonly mustChange: boolean;
      readonly setAlone: boolean;
      readonly at: Date;
    },
  ): Promise<boolean>;
  setStatus(tx: Tx, id: string, status: 'active' | 'disabled', at: Date): Promise<void>;
  setValidUntil(tx: Tx, id: string, validUntil: Date | null): Promise<void>;
  unlock(tx: Tx, id: string): Promise<void>;
  /** Puts a password in that must be changed, lifts a lock, ends sessions and bindings; answers what was taken away, for the log. */
  resetPassword(
    tx: Tx,
    id: string,
    next: { readonly passwordHash: string; readonly at: Date; readonly alone: boolean },
  ): Promise<Readonly<Record<string, unknown>>>;
  hasFactor(db: Db | Tx, id: string): Promise<boolean>;
  /** Takes second factors and bindings away and ends the sessions; answers what there was, for the log. */
  removeFactors(
    tx: Tx,
    id: string,
    how: { readonly at: Date; readonly alone: boolean },
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Keeps for the person that something was set, and by whom. */
  notice(
    tx: Tx,
    one: {
      readonly userId: string;
      readonly at: Date;
      readonly what: 'password' | 'second-factor';
      readonly by: string;
      readonly agreed: string | null;
    },
  ): Promise<void>;
  endSessions(tx: Tx, id: string, why: 'administrator', at: Date): Promise<number>;
  /** No number and no binding leads the government's sign-on to the account any more; answers what there was, for the log. */
  untieIdentity(tx: Tx, id: string, at: Date): Promise<Readonly<Record<string, unknown>>>;
  findByIdentity(
    db: Db | Tx,
    identityIndexes: readonly string[],
  ): Promise<{ readonly id: string; readonly userName: string } | undefined>;
  /** Nothing remembered of the person's sessions is relied on any more. */
  forget(id: string): void;
}

/** Where it is applied for that somebody's way of signing in is set, when one person alone must not. */
export interface CredentialDoor {
  /** Applies in the caller's transaction, which must come to nothing where this answers false: one waits for this person already. */
  propose(
    tx: Tx,
    asked: {
      readonly kind: CredentialKind;
      readonly person: {
        readonly id: string;
        readonly name: string;
        readonly userName: string;
        readonly organisationName: string | null;
      };
      readonly reason: string;
      /** The new password as stored, and the half that whoever agrees is shown. */
      readonly password: { readonly hash: string; readonly second: string } | null;
    },
    context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
  ): Promise<boolean>;
  /** What waits for a person. */
  waitingFor(db: Db | Tx, personId: string): Promise<readonly ('password' | 'second-factor')[]>;
}

/** What looking after people needs. */
export interface PersonParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly access: StoredAccess;
  readonly accessList: AccessListStore;
  readonly accounts: AccountDoor;
  readonly credentials: CredentialDoor;
  /** The areas' parts when work is handed over, by their areas. */
  readonly work: Readonly<Record<string, CallsOn<typeof workOffer>>>;
  readonly outbox: Pick<Outbox, 'put' | 'waitingSince' | 'outcomesOf'>;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
  readonly clock: Clock;
  readonly notices: Telling;
  readonly onFailure: (error: unknown, about?: object) => void;
  /** The roles that fit an organisation, by its kind. */
  readonly rolesOfKind: Readonly<Record<string, readonly string[]>>;
  /** Every permission there is. */
  readonly permissions: () => readonly string[];
}

/** The access list as it stands, held for the length of the transaction: whoever changes it follows. */
export const heldList = (
  { accessList }: Pick<PersonParts, 'accessList'>,
  tx: Tx,
  context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
): Promise<AccessList> => {
  const look = { by: actorOf(context), what: { why: 'look' }, at: context.now, traceId: context.traceId };
  return accessList.change(tx, look, (list) => list);
};

/** The place of a person in the log. */
export const personObject = (id: string): NonNullable<AuditFact['object']> => ({ type: 'governance.person', id });

/** Who acts, for the log. */
export const actorOf = ({ subject, ip }: Pick<CallContext, 'subject' | 'ip'>): AuditFact['actor'] => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  ip,
});

/** A fact about a person. */
export const personFact = (
  context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
  verb: string,
  id: string,
  detail: AuditFact['detail'],
): AuditFact => ({
  at: context.now,
  kind: 'security',
  action: `governance.person.${verb}`,
  actor: actorOf(context),
  object: personObject(id),
  outcome: 'done',
  detail,
  traceId: context.traceId,
});
