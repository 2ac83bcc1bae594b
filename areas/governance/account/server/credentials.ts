import type { Tx } from '#kernel/db/database.ts';
import { lockAccount } from './account-state.store.ts';
import { certificatesOf, findTotp, removeCertificate, removeTotp } from './second-factor.store.ts';
import { endSessionsOf } from './session.store.ts';

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

/** Takes every second factor away and ends the sessions: the person enrols anew at the next sign-in. Answers what there was. */
export const removeFactors = async (
  tx: Tx,
  id: string,
  at: Date,
): Promise<{ readonly totp: boolean; readonly certificates: number }> => {
  const totp = (await findTotp(tx, id)) !== undefined;
  const certificates = await certificatesOf(tx, id);
  await removeTotp(tx, id);
  for (const { fingerprint } of certificates) await removeCertificate(tx, id, fingerprint);
  await endSessionsOf(tx, id, 'factor-changed', at);
  return { totp, certificates: certificates.length };
};
