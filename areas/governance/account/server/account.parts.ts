import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { type Captchas, captchasOver } from '#practices/captcha/server/captcha.ts';
import { ticketsOver } from '#practices/captcha/server/tickets.ts';
import { type SignInRules, usualRules } from '../model/sign-in-rules.ts';
import { type Attempts, attemptsOver } from './attempts.ts';
import { type Certificates, certificatesOver } from './certificates.ts';
import { type Entry, entryOf } from './entry.ts';
import type { Sessions } from './sessions.ts';
import { type SignOn, type SignOnSettings, signOnOver } from './sign-on.ts';
import { type Totps, totpsOver } from './totp.ts';

/** A demo account as the sign-in page lists it. */
export interface DemoAccount {
  readonly id: string;
  readonly userName: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
  readonly organisationName: string | null;
}

/** How signing in is set up. */
export interface SignInSetup {
  readonly rules: SignInRules;
  /** Null: government sign-on is not offered. */
  readonly signOn: SignOnSettings | null;
  /** Authorities whose certificates may be bound, PEM each; none: certificates are not offered. */
  readonly authorities: readonly string[];
  /** This product's address as it stands in what a key device signs. */
  readonly site: string;
  /** The lot of captchas, to be fixed by tests. */
  readonly captchaText?: () => string;
}

/** The rules as shipped, with nothing outside. */
export const usualSignIn: SignInSetup = { rules: usualRules, signOn: null, authorities: [], site: '' };

/** What the account feature is given. `demoAccounts` is empty outside demo mode. */
export interface AccountSeed {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly access: StoredAccess;
  readonly permissions: () => readonly string[];
  readonly sessions: Sessions;
  readonly signIn: SignInSetup;
  readonly demoAccounts: readonly DemoAccount[];
  /** Told of what went wrong and was answered all the same, for the server's own log. */
  readonly onFailure: (error: unknown) => void;
}

/** What its handlers work with. */
export interface AccountParts extends AccountSeed {
  readonly rules: SignInRules;
  readonly attempts: Attempts;
  readonly captchas: Captchas;
  readonly totps: Totps;
  readonly certificates: Certificates;
  readonly signOn: SignOn | null;
  readonly entry: Entry;
}

/** Puts the parts of signing in together. */
export const accountParts = (seed: AccountSeed): AccountParts => {
  const { db, crypto, signIn, demoAccounts } = seed;
  const { rules } = signIn;
  const tickets = ticketsOver(crypto, 'governance');
  const captchas = captchasOver(tickets, 'captcha', signIn.captchaText);
  return {
    ...seed,
    rules,
    captchas,
    attempts: attemptsOver(crypto, rules, captchas),
    totps: totpsOver(crypto, tickets),
    certificates: certificatesOver(tickets, signIn.authorities, signIn.site),
    signOn: signIn.signOn && signOnOver(db, tickets, signIn.signOn, seed.onFailure),
    entry: entryOf({ ...seed, rules, demo: demoAccounts.length > 0 }),
  };
};
