import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = (password: string, salt: Buffer, rounds: number, length: number): Promise<Buffer> =>
  promisify(pbkdf2)(password, salt, rounds, length, 'sm3');
const iterations = 100_000;

/**
 * A password as stored: PBKDF2-HMAC-SM3 with its own salt; the parameters stand in the text. Fewer rounds are for passwords made of chance
 * that nobody can try out anyway. Source: domain 10.1.
 */
export const hashPassword = async (password: string, rounds: number = iterations): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(password, salt, rounds, 32);
  return `p1.${rounds}.${salt.toString('base64url')}.${key.toString('base64url')}`;
};

/** What is stored where nobody's password shall fit. */
export const nobodysPassword = (): Promise<string> => hashPassword(randomBytes(32).toString('base64url'), 1);

/** Whether a stored password is one that nobody has: no other is made with a single round. */
export const isNobodys = (stored: string): boolean => stored.startsWith('p1.1.');

/** Whether the password fits; takes the same time for a wrong one. A malformed stored text never fits. */
export const verifyPassword = async (password: string, stored: string): Promise<boolean> => {
  const [scheme, rounds, salt, key] = stored.split('.');
  if (scheme !== 'p1' || !rounds || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), Number(rounds), expected.length);
  return timingSafeEqual(found, expected);
};
