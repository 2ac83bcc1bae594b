import { nobodysPassword } from '#kernel/crypto/password.ts';
import type { Tx } from '#kernel/db/database.ts';
import { lockAccount, noteAlone, setIdentityIndex, setPassword, unlockAccount } from './account-state.store.ts';
import { certificatesOf, findTotp, removeCertificate, removeTotp } from './second-factor.store.ts';
import { endSessionsOf } from './session.store.ts';
import { unbindIdentities } from './sign-on.store.ts';

/** How a person's password and second factors stand, one text each: equal while nothing has changed. The account is locked. */
export const credentialStanding = async (
  tx: Tx,
  id: string,
): Promise<{ readonly password: string; readonly 'second-factor': string }> => {
  const account = await lockAccount(tx, id);
  const totp = await findTotp(tx, id);
  const certificates = (await certificatesOf(tx, id)).map(({ fingerprint }) => fingerprint);
  return {
    // With the first password the government's sign-on is led to the number kept of the person: another number is another matter.
    password: [account.passwordChangedAt.toISOString(), account.identityNoIndex ?? ''].join(' '),
    'second-factor': [totp?.enrolledAt.toISOString() ?? '', ...certificates.sort()].join(' '),
  };
};

/** Whether somebody has a second factor. */
export const hasFactor = async (tx: Parameters<typeof findTotp>[0], id: string): Promise<boolean> =>
  (await findTotp(tx, id)) !== undefined || (await certificatesOf(tx, id)).length > 0;

/** What there was before it was taken away. */
export type Removed = {
  readonly totp: boolean;
  readonly certificates: number;
  /** How many identities of the government's sign-on were bound. */
  readonly bindings: number;
};

const takeFactors = async (tx: Tx, id: string): Promise<Removed> => {
  const totp = (await findTotp(tx, id)) !== undefined;
  const certificates = await certificatesOf(tx, id);
  await removeTotp(tx, id);
  for (const { fingerprint } of certificates) await removeCertificate(tx, id, fingerprint);
  return { totp, certificates: certificates.length, bindings: await unbindIdentities(tx, id) };
};

/**
 * Takes every second factor away, and what binds the account to the government's sign-on, and ends the sessions: the person enrols anew at the next sign-in. `alone`: one
 * administrator did it alone. Answers what there was.
 */
export const removeFactors = async (
  tx: Tx,
  id: string,
  { at, alone }: { readonly at: Date; readonly alone: boolean },
): Promise<Removed> => {
  await lockAccount(tx, id);
  const removed = await takeFactors(tx, id);
  if (alone) await noteAlone(tx, id, true);
  await endSessionsOf(tx, id, 'factor-changed', at);
  return removed;
};

/**
 * Puts a password in that somebody else has set and the person must change, lifts a lock, ends the sessions and what binds the account to the government's sign-on. `alone`: one
 * administrator did it alone. When two do it of whom one alone had set before, the second factors of before end too. Answers what was taken away.
 */
export const resetPassword = async (
  tx: Tx,
  id: string,
  { passwordHash, at, alone }: { readonly passwordHash: string; readonly at: Date; readonly alone: boolean },
): Promise<Partial<Removed>> => {
  const before = await lockAccount(tx, id);
  await setPassword(tx, id, { passwordHash, mustChange: true, at });
  await unlockAccount(tx, id);
  await noteAlone(tx, id, alone);
  if (before.setAlone && !alone) return takeFactors(tx, id);
  return { bindings: await unbindIdentities(tx, id) };
};

/**
 * Ends every way to sign in of a person of whom one administrator alone has set one: password, second factors, bindings, sessions. Two set a password anew. Answers what there
 * was; null where nobody has set anything alone, and then nothing ends.
 */
export const endSetAlone = async (tx: Tx, id: string, at: Date): Promise<Removed | null> => {
  if (!(await lockAccount(tx, id)).setAlone) return null;
  await setPassword(tx, id, { passwordHash: await nobodysPassword(), mustChange: true, at });
  await setIdentityIndex(tx, id, null);
  return takeFactors(tx, id);
};

/**
 * No number and no binding leads the government's sign-on to an account any more. Where somebody was bound, the sessions end: they may be a stranger's. Answers how many
 * there were of both.
 */
export const untieIdentity = async (
  tx: Tx,
  id: string,
  at: Date,
): Promise<{ readonly bindings?: number; readonly ended?: number }> => {
  await setIdentityIndex(tx, id, null);
  const bindings = await unbindIdentities(tx, id);
  return bindings === 0 ? {} : { bindings, ended: await endSessionsOf(tx, id, 'administrator', at) };
};
