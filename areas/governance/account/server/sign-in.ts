import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { AccountParts } from './account.parts.ts';
import { type Account, findAccount, refreshHash } from './account-state.store.ts';
import type { Attempt, Bar } from './attempts.ts';
import { type Entered, securityFact } from './entry.ts';
import { isOutdated, passwordFits } from './passwords.ts';

const action = 'governance.account.signIn';

/** How an attempt with a name and a password ends. `captcha`: the next one must read a picture. */
export type SignInOutcome =
  | { readonly outcome: 'entered'; readonly entered: Entered; readonly userId: string }
  | { readonly outcome: Bar | 'SHUT' }
  | { readonly outcome: 'WRONG'; readonly captcha: boolean };

interface Credentials {
  readonly userName: string;
  readonly password: string;
  readonly captcha?: { readonly ticket: string; readonly text: string } | undefined;
}

/** Who a security fact about an attempt is put down to; of a name nobody has only a digest is kept. */
const whoTried = ({ account, userName }: Attempt): { id: string; name: string } =>
  account ? { id: account.id, name: account.userName } : { id: `name:${sm3Hex(userName).slice(0, 16)}`, name: '' };

const judged = async (
  parts: AccountParts,
  tx: Tx,
  attempt: Attempt,
  fits: boolean,
  freshHash: string | undefined,
  context: CallContext,
): Promise<SignInOutcome> => {
  const refuse = (why: string, more: Readonly<Record<string, unknown>> = {}) =>
    appendFact(tx, securityFact(context, action, whoTried(attempt), 'refused', { why, ...more }));
  const { locked, account } = await parts.attempts.hold(tx, attempt);
  if (locked) {
    await refuse('locked');
    return { outcome: 'LOCKED' };
  }
  // A password changed between looking and counting was not the one that fitted.
  const same = account !== undefined && account.passwordHash === attempt.account?.passwordHash;
  if (!account || !fits || !same) {
    const after = await parts.attempts.failed(tx, attempt);
    await refuse('wrong', { locked: after.locked });
    return { outcome: 'WRONG', captcha: after.captcha };
  }
  if (freshHash !== undefined) await refreshHash(tx, account.id, freshHash);
  const entered = await parts.entry.enter(tx, account, { way: 'password', proved: false }, context);
  return entered === 'SHUT' ? { outcome: 'SHUT' } : { outcome: 'entered', entered, userId: account.id };
};

/**
 * Signing in by name and password. The slow derivation is done outside any transaction, so many at once wait for the processor and not for
 * connections; what is counted is counted under a lock, so that guesses made at once are counted one by one.
 */
export const signInByPassword = async (
  parts: AccountParts,
  { userName, password, captcha }: Credentials,
  context: CallContext,
): Promise<SignInOutcome> => {
  const { db, attempts, access } = parts;
  const account = await findAccount(db, userName);
  const attempt = attempts.of(userName, account, context);
  const bar = await inTransaction(db, async (tx) => {
    const found = await attempts.barOf(tx, attempt, captcha);
    if (found)
      await appendFact(tx, securityFact(context, action, whoTried(attempt), 'refused', { why: found.toLowerCase() }));
    return found;
  });
  if (bar) return { outcome: bar };
  const fits = await passwordFits(password, account?.passwordHash);
  const freshHash =
    fits && account && (await isOutdated(account.passwordHash)) ? await hashPassword(password) : undefined;
  await access.refresh();
  return inTransaction(db, (tx) => judged(parts, tx, attempt, fits, freshHash, context));
};

/** Whether a signed-in person's password is right; wrong ones count towards the same lock as at the door. */
export const confirmPassword = async (
  parts: Pick<AccountParts, 'db' | 'attempts'>,
  account: Account,
  password: string,
  context: CallContext,
): Promise<'right' | 'WRONG_PASSWORD' | 'LOCKED'> => {
  const fits = await passwordFits(password, account.passwordHash);
  return inTransaction(parts.db, async (tx) => {
    const attempt = parts.attempts.of(account.userName, account, context);
    const { locked } = await parts.attempts.hold(tx, attempt);
    if (locked) return 'LOCKED';
    if (fits) return 'right';
    const after = await parts.attempts.failed(tx, attempt);
    const detail = { why: 'wrong', locked: after.locked };
    await appendFact(
      tx,
      securityFact(
        context,
        'governance.ownAccount.confirmPassword',
        { id: account.id, name: account.userName },
        'refused',
        detail,
      ),
    );
    return after.locked ? 'LOCKED' : 'WRONG_PASSWORD';
  });
};
