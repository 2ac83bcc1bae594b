import type { Access } from '#kernel/access/access.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { EffectScene, Hook } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { proposalStore } from '#practices/proposal/server/proposal.store.ts';
import { type ProposalDesk, proposalDesk } from '#practices/proposal/server/proposal-desk.ts';
import {
  anyCredentialChange,
  type CredentialChange,
  type CredentialKind,
  credentialKinds,
  credentialSummary,
} from '../model/credential-change.ts';
import { halfPlace } from './credential-sealed.ts';
import { addWaiting, dropWaiting, findWaiting, type Slot } from './waiting-credential.store.ts';

/** What signing in offers for setting how somebody signs in. */
export interface CredentialAccounts {
  /** How password and second factors stand, one text each; the account is locked for the length of the transaction. */
  standing(tx: Tx, id: string): Promise<Readonly<Record<Slot, string>>>;
  /** Puts a password in that must be changed, lifts a lock, ends sessions and bindings; answers what was taken away, for the log. */
  resetPassword(
    tx: Tx,
    id: string,
    next: { readonly passwordHash: string; readonly at: Date; readonly alone: boolean },
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Takes every second factor and binding away and ends the sessions; answers what there was, for the log. */
  removeFactors(
    tx: Tx,
    id: string,
    how: { readonly at: Date; readonly alone: boolean },
  ): Promise<Readonly<Record<string, unknown>>>;
  /** From here on the government's sign-on finds the person by the number kept of them. */
  confirmIdentity(tx: Tx, id: string): Promise<void>;
  /** Keeps for the person that something was set, and by whom. */
  notice(
    tx: Tx,
    one: {
      readonly userId: string;
      readonly at: Date;
      readonly what: Slot;
      readonly by: string;
      readonly agreed: string | null;
    },
  ): Promise<void>;
}

/** What applications about how people sign in work with. */
export interface CredentialParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly signer: PersonalSigner;
  readonly access: Pick<Access, 'rowFilter'>;
  readonly accounts: CredentialAccounts;
}

/** A new password in two halves: whoever applies sees the first, whoever agrees the second, and neither can come in alone. */
export interface HalvedPassword {
  readonly hash: string;
  readonly second: string;
}

/** An application as user management makes it. */
export interface CredentialAsked {
  readonly kind: CredentialKind;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly userName: string;
    readonly organisationName: string | null;
  };
  readonly reason: string;
  readonly password: HalvedPassword | null;
}

/** The hooks the lifecycle may name. */
export const credentialHooks = ['set-credential', 'let-go'] as const;

const store = proposalStore<CredentialChange>('governance.credential_change');

const slotOf = (kind: CredentialKind): Slot => (kind === 'second-factor' ? 'second-factor' : 'password');

const refusal = (message: string) => ({ refusals: [{ why: 'guard' as const, path: 'person', message }] });

const tellPerson = async (
  { accounts }: CredentialParts,
  scene: EffectScene<CredentialChange>,
  what: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const { tx, after, actor, now, traceId } = scene;
  const { kind, personId } = after.record;
  const proposer = (await store.find(tx, after.id))?.proposedByName ?? '';
  if (kind !== 'first-password')
    await accounts.notice(tx, { userId: personId, at: now, what: slotOf(kind), by: proposer, agreed: actor.name });
  await appendFact(tx, {
    at: now,
    kind: 'security',
    action: `governance.person.${kind === 'second-factor' ? 'resetFactor' : 'resetPassword'}`,
    actor: { id: actor.id, name: actor.name, organisationId: actor.organisationId, ip: actor.ip },
    object: { type: 'governance.person', id: personId },
    outcome: 'done',
    detail: { credential: kind, application: after.id, proposedBy: proposer, ...what },
    traceId,
  });
};

const setCredential =
  (parts: CredentialParts): Hook<CredentialChange> =>
  async (scene) => {
    const { tx, after, actor, now } = scene;
    const { kind, personId, against } = after.record;
    const { accounts } = parts;
    if (actor.id === personId) return refusal('这是您本人的登录凭据，请由另一名安全管理员审批');
    const standing = await accounts.standing(tx, personId);
    if (standing[slotOf(kind)] !== against)
      return refusal('此人的密码或第二重验证在申请之后已有变化，请撤回后按现在的情况重新申请');
    const waiting = await findWaiting(tx, after.id);
    if (!waiting) return refusal('没有找到待生效的内容，请撤回后重新申请');
    if (kind === 'second-factor') {
      await tellPerson(parts, scene, await accounts.removeFactors(tx, personId, { at: now, alone: false }));
    } else {
      if (!waiting.password) return refusal('没有找到待生效的密码，请撤回后重新申请');
      const next = { passwordHash: waiting.password.hash, at: now, alone: false };
      const removed = await accounts.resetPassword(tx, personId, next);
      if (kind === 'first-password') await accounts.confirmIdentity(tx, personId);
      await tellPerson(parts, scene, removed);
    }
    await dropWaiting(tx, after.id);
    return {};
  };

/** Applications about how people sign in. */
export interface CredentialDesk {
  readonly proposals: ProposalDesk<CredentialChange>;
  /** Applies in the caller's transaction, which holds the account; false where one waits for this person already. */
  propose(
    tx: Tx,
    asked: CredentialAsked,
    context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
  ): Promise<boolean>;
  /** Whom an application is about. */
  personOf(proposalId: string): Promise<string | undefined>;
  /** The second half of the password an application would set; undefined where it sets none or is decided. */
  halfOf(proposalId: string): Promise<{ readonly personId: string; readonly half: string } | undefined>;
}

/** Puts them together. Source: tender R42, R43. */
export const credentialDesk = (parts: CredentialParts): CredentialDesk => {
  const { db, crypto, accounts } = parts;
  const hooks: Readonly<Record<(typeof credentialHooks)[number], Hook<CredentialChange>>> = {
    'set-credential': setCredential(parts),
    'let-go': async ({ tx, after }) => {
      await dropWaiting(tx, after.id);
      return {};
    },
  };
  const proposals = proposalDesk<CredentialChange>({
    ...parts,
    lifecycle: anyCredentialChange,
    store,
    hooks,
    kindTitle: ({ kind }) => credentialKinds[kind],
  });
  return {
    proposals,
    propose: async (tx, { kind, person, reason, password }, context) => {
      const slot = slotOf(kind);
      const against = (await accounts.standing(tx, person.id))[slot];
      const summary = credentialSummary(kind, person);
      const record = { kind, personId: person.id, against, summary, reason, opinion: null };
      // A second click finds the first one waiting; a key of its own would only say the same.
      const { id } = await proposals.propose(tx, { key: uuidv7(context.now), kind, record }, context);
      const half = password && (await crypto.seal('sign-in', Buffer.from(password.second, 'utf8'), halfPlace(id)));
      return addWaiting(tx, {
        proposalId: id,
        personId: person.id,
        slot,
        password: password && half ? { hash: password.hash, halfSealed: half } : null,
      });
    },
    personOf: async (proposalId) => (await store.find(db, proposalId))?.snapshot.record.personId,
    halfOf: async (proposalId) => {
      const waiting = await findWaiting(db, proposalId);
      if (!waiting?.password) return undefined;
      const bytes = await crypto.open('sign-in', waiting.password.halfSealed, halfPlace(proposalId));
      return { personId: waiting.personId, half: Buffer.from(bytes).toString('utf8') };
    },
  };
};
