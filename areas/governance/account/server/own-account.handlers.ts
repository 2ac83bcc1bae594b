import { appendFact } from '#kernel/audit/trail.store.ts';
import { notSignedIn } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { OwnAccount, ownAccountContract } from '../model/own-account.contract.ts';
import type { AccountParts } from './account.parts.ts';
import { type Account, getAccount, lockAccount, setPassword } from './account-state.store.ts';
import { lastNotices } from './credential-notice.store.ts';
import { passwordExpiry, securityFact } from './entry.ts';
import { newPasswordProblems } from './new-password.ts';
import { certificatesOf, countRecoveryCodes, findTotp, removeCertificate, removeTotp } from './second-factor.store.ts';
import { addSession, endSession, endSessionsOf, findSession, removeSession } from './session.store.ts';
import { newToken } from './sessions.ts';
import { confirmPassword } from './sign-in.ts';
import { bindIdentity, bindingsOf, unbindIdentities } from './sign-on.store.ts';

type Own = Handlers<typeof ownAccountContract>;
type Confirming = CallContext<'WRONG_PASSWORD' | 'LOCKED'>;

const done = { done: true } as const;

const read = async (parts: AccountParts, { subject }: CallContext): Promise<OwnAccount> => {
  const { db, rules, certificates, entry, signOn, access } = parts;
  const account = await getAccount(db, subject.id);
  const [totp, codes, bound, bindings, notices] = await Promise.all([
    findTotp(db, account.id),
    countRecoveryCodes(db, account.id),
    certificatesOf(db, account.id),
    bindingsOf(db, account.id),
    lastNotices(db, account.id, 5),
  ]);
  return {
    userName: account.userName,
    name: account.name,
    organisationName: subject.organisationName,
    roles: subject.roles.map((role) => access.titleOf(role)),
    createdAt: account.createdAt.toISOString(),
    validUntil: account.validUntil?.toISOString() ?? null,
    password: {
      changedAt: account.passwordChangedAt.toISOString(),
      expiresAt: passwordExpiry(account, rules)?.toISOString() ?? null,
      rules: rules.password,
    },
    secondFactor: {
      mandatory: entry.mustProve(account.id),
      totpSince: totp?.enrolledAt.toISOString() ?? null,
      recoveryCodesLeft: codes,
      certificatesOffered: certificates.offered,
      certificates: bound.map(({ fingerprint, subject: name, expiresAt, boundAt }) => ({
        id: fingerprint,
        subject: name,
        expiresAt: expiresAt.toISOString(),
        boundAt: boundAt.toISOString(),
      })),
    },
    notices,
    signOn: {
      title: signOn?.title ?? null,
      bound: bindings.map((one) => ({ subject: one.subject, boundAt: one.boundAt.toISOString() })),
    },
  };
};

/** The account of whoever asks, after their password was shown once more. */
const confirmed = async (parts: AccountParts, password: string, context: Confirming): Promise<Account> => {
  const account = await getAccount(parts.db, context.subject.id);
  const end = await confirmPassword(parts, account, password, context);
  return end === 'right' ? account : context.fail(end);
};

/**
 * What a person does to their own account, in one transaction that holds it. Sessions are remembered for seconds: one that was ended meanwhile adds nothing to the account that would
 * outlast it.
 */
const inOwn = <T>({ db, sessions }: AccountParts, context: CallContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, async (tx) => {
    await lockAccount(tx, context.subject.id);
    const here = context.sessionToken === undefined ? undefined : await findSession(tx, sm3Hex(context.sessionToken));
    if (here?.endedAt === null) return work(tx);
    sessions.forgetPerson(context.subject.id);
    throw notSignedIn();
  });

const fact = (tx: Tx, context: CallContext, name: string, detail: Readonly<Record<string, unknown>> = {}) =>
  appendFact(tx, securityFact(context, `governance.ownAccount.${name}`, context.subject, 'done', detail));

/** A new token in the place of this one, which had been valid while less was known of its bearer. */
const renewHere = async (tx: Tx, context: CallContext, proved: boolean): Promise<string | null> => {
  const old = context.sessionToken === undefined ? undefined : await findSession(tx, sm3Hex(context.sessionToken));
  if (!old) return null;
  const { token, digest } = newToken();
  await removeSession(tx, old.tokenSm3);
  const renewed = { ...old, tokenSm3: digest, id: uuidv7(context.now), proved: old.proved || proved };
  await addSession(tx, renewed, context.now);
  return token;
};

const passwordHandlers = (parts: AccountParts): Pick<Own, 'changePassword'> => ({
  changePassword: async ({ current, next }, context) => {
    const account = await confirmed(parts, current, context);
    const problems = await newPasswordProblems(parts.db, parts.rules.password, account, next);
    if (problems.length > 0) return context.fail('WEAK', { problems });
    const passwordHash = await hashPassword(next);
    const { token, ended } = await inOwn(parts, context, async (tx) => {
      const here = sm3Hex(context.sessionToken ?? '');
      const ended = await endSessionsOf(tx, account.id, 'password-changed', context.now, here);
      await setPassword(tx, account.id, { passwordHash, mustChange: false, at: context.now, except: here });
      await fact(tx, context, 'changePassword', { endedSessions: ended });
      return { token: await renewHere(tx, context, false), ended };
    });
    parts.sessions.forgetPerson(account.id);
    if (token !== null) context.setSession(token);
    return { endedSessions: ended };
  },
});

const totpHandlers = (
  parts: AccountParts,
): Pick<Own, 'offerTotp' | 'confirmTotp' | 'removeTotp' | 'renewRecoveryCodes'> => ({
  offerTotp: async ({ password }, context) => {
    const account = await confirmed(parts, password, context);
    return parts.totps.offer(account, context.now);
  },
  confirmTotp: async (said, context) => {
    const end = await inOwn(parts, context, async (tx) => {
      const codes = await parts.totps.confirm(tx, context.subject.id, said, context.now);
      // Thrown inside, so that a mistyped code does not use the picture up.
      if (typeof codes === 'string') return context.fail(codes);
      await fact(tx, context, 'confirmTotp');
      return { codes, token: await renewHere(tx, context, true) };
    });
    parts.sessions.forgetPerson(context.subject.id);
    if (end.token !== null) context.setSession(end.token);
    return { recoveryCodes: [...end.codes] };
  },
  removeTotp: async ({ password }, context) => {
    const account = await confirmed(parts, password, context);
    await inOwn(parts, context, async (tx) => {
      const others = await certificatesOf(tx, account.id);
      if (parts.entry.mustProve(account.id) && others.length === 0) return context.fail('LAST_FACTOR');
      await removeTotp(tx, account.id);
      await fact(tx, context, 'removeTotp');
    });
    return done;
  },
  renewRecoveryCodes: async ({ password }, context) => {
    const account = await confirmed(parts, password, context);
    const codes = await inOwn(parts, context, async (tx) => {
      await fact(tx, context, 'renewRecoveryCodes');
      return parts.totps.renewRecoveryCodes(tx, account.id);
    });
    return { recoveryCodes: [...codes] };
  },
});

const certificateHandlers = (
  parts: AccountParts,
): Pick<Own, 'askChallenge' | 'bindCertificate' | 'removeCertificate'> => ({
  askChallenge: async ({ password }, context) => {
    const account = await confirmed(parts, password, context);
    return parts.certificates.challenge(account.id, context.now);
  },
  bindCertificate: async (said, context) => {
    const end = await inOwn(parts, context, async (tx) => {
      const bound = await parts.certificates.bind(tx, context.subject.id, said, context.now);
      if (bound.outcome !== 'bound') return { bound, token: null };
      await fact(tx, context, 'bindCertificate');
      return { bound, token: await renewHere(tx, context, true) };
    });
    if (end.bound.outcome === 'REFUSED') return context.fail('WRONG_CERTIFICATE', { message: end.bound.why });
    if (end.bound.outcome !== 'bound') return context.fail(end.bound.outcome);
    parts.sessions.forgetPerson(context.subject.id);
    if (end.token !== null) context.setSession(end.token);
    return done;
  },
  removeCertificate: async ({ certificateId, password }, context) => {
    const account = await confirmed(parts, password, context);
    await inOwn(parts, context, async (tx) => {
      if (!(await removeCertificate(tx, account.id, certificateId))) return context.fail('NOT_FOUND');
      const left = (await certificatesOf(tx, account.id)).length > 0 || (await findTotp(tx, account.id)) !== undefined;
      if (parts.entry.mustProve(account.id) && !left) return context.fail('LAST_FACTOR');
      await fact(tx, context, 'removeCertificate', { certificate: certificateId });
    });
    return done;
  },
});

const signOnHandlers = (parts: AccountParts): Pick<Own, 'beginSignOn' | 'bindSignOn' | 'unbindSignOn'> => ({
  beginSignOn: async ({ password }, context) => {
    if (!parts.signOn) return context.fail('SIGN_ON_OFF');
    const account = await confirmed(parts, password, context);
    const begun = await parts.signOn.begin(account.id, context.now);
    return 'refusal' in begun ? context.fail(begun.refusal) : begun;
  },
  bindSignOn: async (answer, context) => {
    if (!parts.signOn) return context.fail('SIGN_ON_OFF');
    const vouched = await parts.signOn.finish(context.subject.id, answer, context.now);
    if ('refusal' in vouched) return context.fail(vouched.refusal);
    await inOwn(parts, context, async (tx) => {
      if (!(await bindIdentity(tx, vouched, context.subject.id, context.now))) return context.fail('TAKEN');
      await fact(tx, context, 'bindSignOn', { issuer: vouched.issuer });
    });
    return done;
  },
  unbindSignOn: async ({ password }, context) => {
    const account = await confirmed(parts, password, context);
    await inOwn(parts, context, async (tx) => {
      await unbindIdentities(tx, account.id);
      await fact(tx, context, 'unbindSignOn');
    });
    return done;
  },
});

const sessionHandlers = (parts: AccountParts): Pick<Own, 'sessions' | 'endSession' | 'endOtherSessions'> => ({
  sessions: async (_, { subject, sessionToken }) => {
    const here = sm3Hex(sessionToken ?? '');
    const open = await inTransaction(parts.db, (tx) => parts.sessions.openOf(tx, subject.id));
    return open.map(({ id, tokenSm3, ip, userAgent, way, createdAt, seenAt }) => ({
      id,
      here: tokenSm3 === here,
      ip,
      userAgent,
      way,
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
  },
  endSession: async ({ sessionId }, context) => {
    await inTransaction(parts.db, async (tx) => {
      const open = await parts.sessions.openOf(tx, context.subject.id);
      const wanted = open.find(({ id }) => id === sessionId);
      if (!wanted) return context.fail('NOT_FOUND');
      await endSession(tx, wanted.tokenSm3, 'revoked', context.now);
      await fact(tx, context, 'endSession');
    });
    parts.sessions.forgetPerson(context.subject.id);
    return done;
  },
  endOtherSessions: async (_, context) => {
    const here = sm3Hex(context.sessionToken ?? '');
    const ended = await inTransaction(parts.db, async (tx) => {
      const count = await endSessionsOf(tx, context.subject.id, 'revoked', context.now, here);
      await fact(tx, context, 'endOtherSessions', { ended: count });
      return count;
    });
    parts.sessions.forgetPerson(context.subject.id);
    return { ended };
  },
});

/** Handlers of a person's own account. Source: tender R42. */
export const ownAccountHandlers = (parts: AccountParts): Own => ({
  read: (_, context) => read(parts, context),
  ...passwordHandlers(parts),
  ...totpHandlers(parts),
  ...certificateHandlers(parts),
  ...signOnHandlers(parts),
  ...sessionHandlers(parts),
});
