import type { SignInRules } from './sign-in-rules.ts';

/** How often in a row signing in has failed, and until when it is barred. */
export interface Standing {
  readonly failures: number;
  readonly failedAt: Date | null;
  readonly lockedUntil: Date | null;
}

/** Nothing has failed. */
export const cleanStanding: Standing = { failures: 0, failedAt: null, lockedUntil: null };

/** How long a name's failures count towards its lock. Assumption: what lies a day back is no attack going on. */
export const nameMemoryMs = 24 * 3_600_000;

const minuteMs = 60_000;

/** Whether signing in is barred at this moment. */
export const isLocked = ({ lockedUntil }: Standing, now: Date): boolean => lockedUntil !== null && lockedUntil > now;

const counted = ({ failures, failedAt }: Standing, now: Date, memoryMs: number): number =>
  failedAt !== null && now.getTime() - failedAt.getTime() < memoryMs ? failures : 0;

/** Whether the next attempt must read a picture: after failures of this name, or of anybody from this address lately. */
export const needsCaptcha = (rules: SignInRules, name: Standing, address: Standing, now: Date): boolean =>
  counted(name, now, nameMemoryMs) >= rules.captchaAfter ||
  counted(address, now, rules.lock.minutes * minuteMs) >= rules.captchaAfter;

/** A name's standing after one more failure. A lock that has run out begins the count anew. Source: domain 10.3. */
export const nameAfterFailure = (rules: SignInRules, before: Standing, now: Date): Standing => {
  const failures = (before.lockedUntil === null ? counted(before, now, nameMemoryMs) : 0) + 1;
  const locked = failures >= rules.lock.failures;
  return {
    failures,
    failedAt: now,
    lockedUntil: locked ? new Date(now.getTime() + rules.lock.minutes * minuteMs) : null,
  };
};

/** An address's standing after one more failure; an address is never barred, many people may share it. */
export const addressAfterFailure = (rules: SignInRules, before: Standing, now: Date): Standing => ({
  failures: counted(before, now, rules.lock.minutes * minuteMs) + 1,
  failedAt: now,
  lockedUntil: null,
});
