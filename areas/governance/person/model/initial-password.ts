import { passwordFaults } from '../../account/model/password-policy.ts';
import type { PasswordRules } from '../../account/model/sign-in-rules.ts';

/** No letters and digits that look alike on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password of {@link initialPassword} in two: who has one half knows nothing of the other's 46 bits. */
export const halvesOf = (password: string): { readonly first: string; readonly second: string } => {
  const groups = password.split('-');
  return { first: groups.slice(0, 2).join('-'), second: groups.slice(2).join('-') };
};

/**
 * A password to begin with: four groups of four, some 93 bits of chance, good by the rules. `below` draws a whole number from 0.
 * It serves once: the person must choose another at the first sign-in.
 */
export const initialPassword = (rules: PasswordRules, userName: string, below: (limit: number) => number): string => {
  for (;;) {
    const group = (): string => Array.from({ length: 4 }, () => alphabet[below(alphabet.length)]).join('');
    const password = [group(), group(), group(), group()].join('-');
    const enough = /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password);
    if (enough && passwordFaults({ ...rules, minLength: 8 }, password, userName).length === 0) return password;
  }
};
