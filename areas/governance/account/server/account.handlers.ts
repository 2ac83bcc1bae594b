import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { accountContract, Progress } from '../model/account.contract.ts';
import type { AccountParts, DemoAccount } from './account.parts.ts';
import { type Account, getAccount, lockAccount, setPassword } from './account-state.store.ts';
import { type Entered, type Shown, securityFact } from './entry.ts';
import { newPasswordProblems } from './new-password.ts';
import { findTotp } from './second-factor.store.ts';
import { endSession, findSession, removeSession, type Stage, type StoredSession } from './session.store.ts';
import { signInByPassword } from './sign-in.ts';
import { signOnHandlers } from './sign-on.handlers.ts';
import type { Totps } from './totp.ts';

/** What a step may say of its own; `enter` leads on with what has been shown. */
type StepEnd<E> = { readonly enter: Partial<Shown>; readonly extra?: readonly string[] } | E;

/** Runs one step of a half signed-in person under the lock of their account, so that one token is good for one step. */
const stepOf =
  (parts: AccountParts) =>
  async <E extends string>(
    stage: Stage,
    context: CallContext<E | 'START_AGAIN' | 'SHUT'>,
    work: (tx: Tx, account: Account, half: StoredSession) => Promise<StepEnd<E>>,
  ): Promise<{ readonly progress: Progress; readonly extra: readonly string[] }> => {
    const { sessionToken: token } = context;
    const half = token === undefined ? undefined : await parts.sessions.findHalf(token, stage);
    if (!half) return context.fail('START_AGAIN');
    await parts.access.refresh();
    const end = await inTransaction(parts.db, async (tx) => {
      const account = await lockAccount(tx, half.userId);
      const still = await findSession(tx, half.tokenSm3);
      if (!still || still.endedAt) return 'START_AGAIN' as const;
      const said = await work(tx, account, half);
      if (typeof said === 'string') return said;
      const shown = { way: half.way, proved: half.proved, ...said.enter };
      const entered: Entered | 'SHUT' = await parts.entry.enter(tx, await lockAccount(tx, half.userId), shown, context);
      return entered === 'SHUT' ? entered : { entered, extra: said.extra ?? [] };
    });
    if (typeof end === 'string') return context.fail(end);
    context.setSession(end.entered.token);
    return { progress: end.entered.progress, extra: end.extra };
  };

/** Counts a wrong second factor like a wrong password; the one that locks the account also ends the half-done sign-in. */
const wrongFactor = async <E extends string>(
  parts: AccountParts,
  tx: Tx,
  account: Account,
  half: StoredSession,
  context: CallContext,
  code: E,
): Promise<E | 'LOCKED'> => {
  const attempt = parts.attempts.of(account.userName, account, context);
  const { locked } = await parts.attempts.failed(tx, attempt);
  const who = { id: account.id, name: account.userName };
  await appendFact(
    tx,
    securityFact(context, 'governance.account.secondFactor', who, 'refused', { why: code.toLowerCase(), locked }),
  );
  if (!locked) return code;
  await removeSession(tx, half.tokenSm3);
  return 'LOCKED';
};

const isLockedNow = ({ lockedUntil }: Account, now: Date): boolean => lockedUntil !== null && lockedUntil > now;

const demoCode = async (db: Db, totps: Totps, userId: string, now: Date) => {
  const stored = await findTotp(db, userId);
  if (!stored) return { code: null, codeUntil: null };
  const { code, until } = await totps.present(stored, userId, now);
  return { code, codeUntil: until.toISOString() };
};

/** The demo accounts as they stand: one whose password was changed could not be entered by what the list says, and is left out. */
const demoAccountsNow = async ({ db, totps }: AccountParts, accounts: readonly DemoAccount[], now: Date) => {
  const list = await Promise.all(
    accounts.map(async ({ id, ...shown }) => {
      const account = await getAccount(db, id);
      const asMade = account.passwordChangedAt.getTime() === account.createdAt.getTime();
      return asMade ? [{ ...shown, ...(await demoCode(db, totps, id, now)) }] : [];
    }),
  );
  return list.flat();
};

/** The steps after the password. */
const stepHandlers = (parts: AccountParts) => {
  const step = stepOf(parts);
  const { rules, totps, certificates, db } = parts;
  return {
    proveCode: async ({ code }, context) =>
      (
        await step('second-factor', context, async (tx, account, half) => {
          if (isLockedNow(account, context.now)) return 'LOCKED';
          const by = await totps.proves(tx, account.id, code, context.now);
          return by ? { enter: { proved: true } } : wrongFactor(parts, tx, account, half, context, 'WRONG_CODE');
        })
      ).progress,
    askChallenge: async (_, context) => {
      const { sessionToken: token } = context;
      const half = token === undefined ? undefined : await parts.sessions.findHalf(token, 'second-factor');
      return half ? certificates.challenge(half.userId, context.now) : context.fail('START_AGAIN');
    },
    proveCertificate: async (said, context) =>
      (
        await step('second-factor', context, async (tx, account, half) => {
          if (isLockedNow(account, context.now)) return 'LOCKED';
          const end = await certificates.proves(tx, account.id, said, context.now);
          if (end === 'proved') return { enter: { proved: true } };
          return end === 'TICKET_GONE' ? end : wrongFactor(parts, tx, account, half, context, end);
        })
      ).progress,
    choosePassword: async ({ next }, context) => {
      const { sessionToken: token } = context;
      const half = token === undefined ? undefined : await parts.sessions.findHalf(token, 'change-password');
      if (!half) return context.fail('START_AGAIN');
      const problems = await newPasswordProblems(db, rules.password, await getAccount(db, half.userId), next);
      if (problems.length > 0) return context.fail('WEAK', { problems });
      const passwordHash = await hashPassword(next);
      const { progress } = await step('change-password', context, async (tx, account) => {
        const at = context.now;
        await setPassword(tx, account.id, { passwordHash, mustChange: false, at, except: half.tokenSm3 });
        const who = { id: account.id, name: account.userName };
        await appendFact(tx, securityFact(context, 'governance.account.choosePassword', who, 'done', {}));
        return { enter: {} };
      });
      parts.sessions.forgetPerson(half.userId);
      return progress;
    },
    beginEnrolment: async (_, context) => {
      const { sessionToken: token } = context;
      const half = token === undefined ? undefined : await parts.sessions.findHalf(token, 'enrol');
      if (!half) return context.fail('START_AGAIN');
      return totps.offer(await getAccount(db, half.userId), context.now);
    },
    finishEnrolment: async (said, context) => {
      const { progress, extra } = await step('enrol', context, async (tx, account) => {
        const codes = await totps.confirm(tx, account.id, said, context.now);
        // Thrown inside, so that a mistyped code does not use the picture up.
        if (typeof codes === 'string') return context.fail(codes);
        const who = { id: account.id, name: account.userName };
        await appendFact(tx, securityFact(context, 'governance.account.enrol', who, 'done', { factor: 'totp' }));
        return { enter: { proved: true }, extra: codes };
      });
      return { progress, recoveryCodes: [...extra] };
    },
  } satisfies Partial<Handlers<typeof accountContract>>;
};

/** Handlers of signing in, step by step, and out. Source: tender R42, domain 10.3. */
export const accountHandlers = (parts: AccountParts): Handlers<typeof accountContract> => ({
  signIn: async (input, context) => {
    const end = await signInByPassword(parts, input, context);
    switch (end.outcome) {
      case 'entered':
        context.setSession(end.entered.token);
        return end.entered.progress;
      case 'WRONG':
        return context.fail('WRONG', { detail: { captcha: end.captcha } });
      case 'CAPTCHA':
        return context.fail('CAPTCHA', { detail: { captcha: true } });
      default:
        return context.fail(end.outcome);
    }
  },
  captcha: ({ userName }, { ip, now }) => parts.captchas.offer({ about: userName, ip, now }),
  ...stepHandlers(parts),
  ...signOnHandlers(parts),
  me: async (_, context) => {
    const { sessionToken: token, subject } = context;
    const session = token === undefined ? undefined : await parts.sessions.find(token);
    if (!session) throw new Error('a signed-in operation without a session');
    return parts.entry.meOf(subject, session.userName);
  },
  signOut: async (_, context) => {
    const { sessionToken: token, subject, now } = context;
    if (token !== undefined) {
      await inTransaction(parts.db, async (tx) => {
        await endSession(tx, sm3Hex(token), 'signed-out', now);
        await appendFact(tx, securityFact(context, 'governance.account.signOut', subject, 'done', {}));
      });
      parts.sessions.forgetPerson(subject.id);
    }
    context.setSession(null);
    return { done: true };
  },
  demoAccounts: (_, { now }) => demoAccountsNow(parts, parts.demoAccounts, now),
});
