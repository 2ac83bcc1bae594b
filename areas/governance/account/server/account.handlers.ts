import type { Subject } from '#kernel/access/access.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { hashPassword, verifyPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { accountContract, Me } from '../model/account.contract.ts';
import { addSession, findAccount, getPerson, noteAttempt, removeSession } from './account.store.ts';
import { newToken, type Sessions } from './sessions.ts';

/** A demo account as the sign-in page lists it. */
export interface DemoAccount {
  readonly userName: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
  readonly organisationName: string | null;
}

/** What signing in needs. `demoAccounts` is empty outside demo mode. */
export interface AccountParts {
  readonly db: Db;
  readonly access: StoredAccess;
  readonly permissions: () => readonly string[];
  readonly sessions: Sessions;
  readonly demoAccounts: readonly DemoAccount[];
}

const failuresToLock = 5;
const lockMinutes = 30;

/** A hash nobody's password has: an unknown user name takes as long as a wrong password. */
const nobodysHash = hashPassword(sm3Hex(String(Math.PI)));

const securityFact = (
  context: CallContext,
  action: string,
  who: { id: string; name: string },
  outcome: AuditFact['outcome'],
  detail: AuditFact['detail'],
): AuditFact => ({
  at: context.now,
  kind: 'security',
  action,
  actor: { id: who.id, name: who.name, organisationId: null, ip: context.ip },
  object: null,
  outcome,
  detail,
  traceId: context.traceId,
});

/** Handlers of signing in and out. Source: tender R42, domain 10.3. */
export const accountHandlers = (parts: AccountParts): Handlers<typeof accountContract> => {
  const meOf = (subject: Subject, userName: string): Me => ({
    id: subject.id,
    userName,
    name: subject.name,
    organisationName: subject.organisationName,
    roles: subject.roles.map((id) => ({ id, title: parts.access.titleOf(id) })),
    permissions: parts.permissions().filter((permission) => parts.access.holds(subject, permission)),
    demo: parts.demoAccounts.length > 0,
  });

  const attempt = async (input: { userName: string; password: string }, context: CallContext<'WRONG' | 'LOCKED'>) =>
    inTransaction(parts.db, async (tx) => {
      const account = await findAccount(tx, input.userName);
      const fits = await verifyPassword(input.password, account?.passwordHash ?? (await nobodysHash));
      const who = { id: account?.id ?? `name:${sm3Hex(input.userName).slice(0, 16)}`, name: account?.userName ?? '' };
      if (account?.lockedUntil && account.lockedUntil > context.now) {
        await appendFact(tx, securityFact(context, 'governance.account.signIn', who, 'refused', { why: 'locked' }));
        return 'LOCKED' as const;
      }
      if (!account || !fits) {
        const failures = (account?.failures ?? 0) + 1;
        const locked = failures >= failuresToLock ? new Date(context.now.getTime() + lockMinutes * 60_000) : null;
        if (account) await noteAttempt(tx, account.id, locked ? 0 : failures, locked);
        await appendFact(
          tx,
          securityFact(context, 'governance.account.signIn', who, 'refused', { why: 'wrong', failures }),
        );
        return 'WRONG' as const;
      }
      const { token, digest } = newToken();
      await noteAttempt(tx, account.id, 0, null);
      await addSession(tx, digest, account.id, context.now);
      await appendFact(tx, securityFact(context, 'governance.account.signIn', who, 'done', {}));
      return { token, ...(await getPerson(tx, account.id)) };
    });

  return {
    signIn: async (input, context) => {
      const result = await attempt(input, context);
      if (typeof result === 'string') return context.fail(result);
      context.setSession(result.token);
      await parts.access.refresh();
      return meOf({ ...result.person, roles: parts.access.rolesOf(result.person.id) }, result.userName);
    },
    me: async (_, context) => {
      const session = context.sessionToken === undefined ? undefined : await parts.sessions.find(context.sessionToken);
      if (!session) throw new Error('a signed-in operation without a session');
      return meOf(session.subject, session.userName);
    },
    signOut: async (_, context) => {
      const { sessionToken: token, subject } = context;
      if (token !== undefined) {
        await inTransaction(parts.db, async (tx) => {
          await removeSession(tx, sm3Hex(token));
          await appendFact(tx, securityFact(context, 'governance.account.signOut', subject, 'done', {}));
        });
        parts.sessions.forget(token);
      }
      context.setSession(null);
      return { done: true };
    },
    demoAccounts: async () => [...parts.demoAccounts],
  };
};
