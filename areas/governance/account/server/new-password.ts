import type { Problem } from '#kernel/contract/failure.ts';
import type { Db } from '#kernel/db/database.ts';
import { passwordFaults } from '../model/password-policy.ts';
import type { PasswordRules } from '../model/sign-in-rules.ts';
import { type Account, lastPasswords } from './account-state.store.ts';
import { isOneOf } from './passwords.ts';

/** What is wrong with a new password of this person: by the rules, and against the passwords they had. The empty list for a good one. */
export const newPasswordProblems = async (
  db: Db,
  rules: PasswordRules,
  account: Account,
  next: string,
): Promise<readonly Problem[]> => {
  const faults = [...passwordFaults(rules, next, account.userName)];
  // The present one is always remembered: "changing" a password into itself is no change.
  const earlier = await lastPasswords(db, account.id, Math.max(1, rules.history));
  if (faults.length === 0 && (await isOneOf(next, earlier))) {
    faults.push(`不能与最近 ${Math.max(1, rules.history)} 次用过的密码相同`);
  }
  return faults.map((message) => ({ path: 'next', message }));
};
