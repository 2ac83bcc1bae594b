import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Me, Progress } from '../model/account.contract.ts';
import { cleanStanding } from '../model/attempts.ts';
import { factorDemand } from '../model/second-factor-demand.ts';
import type { SignInRules } from '../model/sign-in-rules.ts';
import { getPerson, type Person } from './account.store.ts';
import { type Account, noteAttempt } from './account-state.store.ts';
import { takeNotices } from './credential-notice.store.ts';
import { certificatesOf, findTotp } from './second-factor.store.ts';
import { addSession, endSession, forgetSessionsOf, removeSession, type Stage, type Way } from './session.store.ts';
import { newToken, type Sessions, shutReason } from './sessions.ts';

/** What somebody has shown of themselves so far. */
export interface Shown {
  readonly way: Way;
  /** Whether a second factor was shown. */
  readonly proved: boolean;
}

/** One step farther: the token that carries it, and what comes next. */
export interface Entered {
  readonly token: string;
  readonly progress: Progress;
}

/** What entering needs. */
export interface EntryParts {
  readonly access: StoredAccess;
  readonly sessions: Sessions;
  readonly permissions: () => readonly string[];
  readonly rules: SignInRules;
  readonly demo: boolean;
}

/** How somebody who has shown something is let in, or led on. */
export interface Entry {
  /** Hands out a new session, at the stage this person has reached. Answers SHUT for an account that may not be used. */
  enter(tx: Tx, account: Account, shown: Shown, context: CallContext): Promise<Entered | 'SHUT'>;
  meOf(person: Person, userName: string): Me;
  /** Whether the person's roles demand a second factor. */
  mustProve(userId: string): boolean;
}

const dayMs = 24 * 3_600_000;
/** Longer than any session may live, so that an ended one can still say why. */
const sessionMemoryDays = 8;

/** A security fact about signing in. */
export const securityFact = (
  context: Pick<CallContext, 'now' | 'ip' | 'traceId'> & Partial<Pick<CallContext, 'userAgent'>>,
  action: string,
  who: { readonly id: string; readonly name: string },
  outcome: AuditFact['outcome'],
  detail: AuditFact['detail'],
): AuditFact => ({
  at: context.now,
  kind: 'security',
  action,
  actor: {
    id: who.id,
    name: who.name,
    organisationId: null,
    ip: context.ip,
    ...(context.userAgent ? { agent: context.userAgent.slice(0, 200) } : {}),
  },
  object: null,
  outcome,
  detail,
  traceId: context.traceId,
});

/** When a password must be changed at the latest; null for never. */
export const passwordExpiry = (account: Account, rules: SignInRules): Date | null =>
  rules.password.maxAgeDays === 0
    ? null
    : new Date(account.passwordChangedAt.getTime() + rules.password.maxAgeDays * dayMs);

/** Entering over the access list and the rules. */
export const entryOf = ({ access, sessions, permissions, rules, demo }: EntryParts): Entry => {
  const demands = factorDemand(rules);
  const mustProve = (userId: string): boolean => demands(access.list(), access.rolesOf(userId));

  const meOf = (person: Person, userName: string): Me => {
    const subject = { ...person, roles: access.rolesOf(person.id) };
    return {
      id: person.id,
      userName,
      name: person.name,
      organisationName: person.organisationName,
      roles: subject.roles.map((id) => ({ id, title: access.titleOf(id) })),
      permissions: permissions().filter((permission) => access.holds(subject, permission)),
      demo,
    };
  };

  /** What is to be shown next. A password is only asked to be changed of those who came by it. */
  const nextOf = async (tx: Tx, account: Account, { way, proved }: Shown, now: Date): Promise<Progress | 'full'> => {
    const totp = await findTotp(tx, account.id);
    const certificates = await certificatesOf(tx, account.id);
    const ways = [...(totp ? (['code'] as const) : []), ...(certificates.length > 0 ? (['certificate'] as const) : [])];
    if (ways.length > 0 && !proved) return { stage: 'second-factor', userName: account.userName, ways };
    const expiry = passwordExpiry(account, rules);
    const expired = expiry !== null && expiry <= now;
    if (way === 'password' && (account.mustChange || expired)) {
      const why = account.mustChange ? 'first' : 'expired';
      return { stage: 'change-password', why, userName: account.userName, rules: rules.password };
    }
    return mustProve(account.id) && !proved ? { stage: 'enrol', userName: account.userName } : 'full';
  };

  /** Ends the oldest sessions beyond the limit, of which the new one will be one. */
  const makeRoom = async (tx: Tx, userId: string, now: Date): Promise<number> => {
    const open = await sessions.openOf(tx, userId);
    const surplus = open.slice(0, Math.max(0, open.length + 1 - rules.sessionsPerPerson));
    for (const { tokenSm3 } of surplus) await endSession(tx, tokenSm3, 'signed-in-elsewhere', now);
    return surplus.length;
  };

  return {
    meOf,
    mustProve,
    enter: async (tx, account, shown, context) => {
      const { now } = context;
      const shut = access.admits(account.id) ? shutReason(account, now) : 'access-list-broken';
      if (shut) {
        await appendFact(
          tx,
          securityFact(context, 'governance.account.signIn', nameOf(account), 'refused', { why: shut }),
        );
        return 'SHUT';
      }
      const next = await nextOf(tx, account, shown, now);
      const stage: Stage = next === 'full' ? 'full' : next.stage;
      // A token of before the step must not be worth anything after it: whoever planted or overheard it has nothing.
      if (context.sessionToken !== undefined) await removeSession(tx, sm3Hex(context.sessionToken));
      const endedElsewhere = stage === 'full' ? await makeRoom(tx, account.id, now) : 0;
      await forgetSessionsOf(tx, account.id, new Date(now.getTime() - sessionMemoryDays * dayMs));
      const { token, digest } = newToken();
      await addSession(
        tx,
        {
          tokenSm3: digest,
          id: uuidv7(now),
          userId: account.id,
          stage,
          way: shown.way,
          proved: shown.proved,
          ip: context.ip,
          userAgent: context.userAgent,
          createdAt: now,
        },
        now,
      );
      if (next !== 'full') return { token, progress: next };
      // Only a sign-in that has come to its end wipes out failures: a known password must not buy guesses at the code.
      await noteAttempt(tx, account.id, cleanStanding);
      const detail = { way: shown.way, proved: shown.proved, endedElsewhere };
      await appendFact(tx, securityFact(context, 'governance.account.signIn', nameOf(account), 'done', detail));
      const { person, userName } = await getPerson(tx, account.id);
      const notices = await takeNotices(tx, account.id, now);
      return { token, progress: { stage: 'full', me: meOf(person, userName), endedElsewhere, notices } };
    },
  };
};

const nameOf = ({ id, userName }: Account): { id: string; name: string } => ({ id, name: userName });
