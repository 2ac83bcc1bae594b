import { hashPassword, verifyPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';

/** A hash nobody's password has, made with the present parameters: an unknown name costs as much as a wrong password. */
const nobodysHash = hashPassword(sm3Hex(String(Math.PI)));

const roundsOf = (stored: string): number => Number(stored.split('.')[1]);

/** Whether a stored hash was made with fewer rounds than are usual now; the next sign-in makes it anew. */
export const isOutdated = async (stored: string): Promise<boolean> => roundsOf(stored) < roundsOf(await nobodysHash);

/**
 * Whether a password fits what is stored; for a name nobody has pass undefined. Takes the same time whether the name exists, the password
 * fits, or the hash was made when fewer rounds were usual: the missing rounds are done on nothing.
 */
export const passwordFits = async (password: string, stored: string | undefined): Promise<boolean> => {
  const usual = await nobodysHash;
  const against = stored ?? usual;
  const fits = await verifyPassword(password, against);
  const missing = roundsOf(usual) - roundsOf(against);
  if (missing > 0) await verifyPassword(password, usual.replace(String(roundsOf(usual)), String(missing)));
  return fits && stored !== undefined;
};

/** Whether a password is one of these. */
export const isOneOf = async (password: string, stored: readonly string[]): Promise<boolean> => {
  for (const one of stored) if (await verifyPassword(password, one)) return true;
  return false;
};
