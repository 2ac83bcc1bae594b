import { addressBlock } from '#kernel/contract/address-block.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Captchas } from '#practices/captcha/server/captcha.ts';
import {
  addressAfterFailure,
  isLocked,
  nameAfterFailure,
  nameMemoryMs,
  needsCaptcha,
  type Standing,
} from '../model/attempts.ts';
import type { SignInRules } from '../model/sign-in-rules.ts';
import { type Account, lockAccount, noteAttempt } from './account-state.store.ts';
import { forgetFailures, lockStanding, noteStanding, standingOf } from './attempt.store.ts';

/** Who tries to sign in, whether or not the name exists. */
export interface Attempt {
  readonly userName: string;
  readonly account: Account | undefined;
  readonly ip: string;
  readonly now: Date;
}

/** What stands in the way of an attempt before anything secret is looked at. */
export type Bar = 'LOCKED' | 'CAPTCHA';

/** Counts failures of names and addresses. A name nobody has is counted, barred and asked for a picture just like one that exists. */
export interface Attempts {
  of(userName: string, account: Account | undefined, context: Pick<CallContext, 'ip' | 'now'>): Attempt;
  /** What bars the attempt; a picture that was read is used up by asking. */
  barOf(
    tx: Tx,
    attempt: Attempt,
    captcha: { readonly ticket: string; readonly text: string } | undefined,
  ): Promise<Bar | undefined>;
  /** Takes the name's count into hand for the rest of the transaction; answers whether it is locked by now. */
  hold(tx: Tx, attempt: Attempt): Promise<{ readonly locked: boolean; readonly account: Account | undefined }>;
  /** Counts one more failure of the name and of the address. */
  failed(tx: Tx, attempt: Attempt): Promise<{ readonly locked: boolean; readonly captcha: boolean }>;
}

/** Attempts over the store; names and addresses are kept as keyed digests, because people type passwords into the wrong field. */
export const attemptsOver = (crypto: Crypto, rules: SignInRules, captchas: Captchas): Attempts => {
  const nameKey = ({ userName }: Attempt): Promise<string> => crypto.hmac('sign-in', `failures:name:${userName}`);
  const addressKey = ({ ip }: Attempt): Promise<string> =>
    crypto.hmac('sign-in', `failures:address:${addressBlock(ip)}`);
  const standingNow = async (tx: Tx, attempt: Attempt) => attempt.account ?? standingOf(tx, await nameKey(attempt));
  const hold = async (
    tx: Tx,
    attempt: Attempt,
  ): Promise<{ readonly standing: Standing; readonly account: Account | undefined }> => {
    const account = attempt.account && (await lockAccount(tx, attempt.account.id));
    return { standing: account ?? (await lockStanding(tx, await nameKey(attempt))), account };
  };
  return {
    of: (userName, account, { ip, now }) => ({ userName, account, ip, now }),
    barOf: async (tx, attempt, captcha) => {
      const { now } = attempt;
      const name = await standingNow(tx, attempt);
      if (isLocked(name, now)) return 'LOCKED';
      const address = await standingOf(tx, await addressKey(attempt));
      if (!needsCaptcha(rules, name, address, now)) return undefined;
      return captcha && (await captchas.passes(tx, captcha, { about: attempt.userName, ip: attempt.ip, now }))
        ? undefined
        : 'CAPTCHA';
    },
    hold: async (tx, attempt) => {
      const { standing, account } = await hold(tx, attempt);
      return { locked: isLocked(standing, attempt.now), account };
    },
    failed: async (tx, attempt) => {
      const { account, now } = attempt;
      const name = nameAfterFailure(rules, (await hold(tx, attempt)).standing, now);
      if (account) await noteAttempt(tx, account.id, name);
      else await noteStanding(tx, await nameKey(attempt), name);
      // Always in the order name, address: two failures at once must not wait for each other.
      const key = await addressKey(attempt);
      const address = addressAfterFailure(rules, await lockStanding(tx, key), now);
      await noteStanding(tx, key, address);
      await forgetFailures(tx, new Date(now.getTime() - 2 * nameMemoryMs));
      return { locked: isLocked(name, now), captcha: needsCaptcha(rules, name, address, now) };
    },
  };
};
