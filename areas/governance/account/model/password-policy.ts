import type { PasswordRules } from './sign-in-rules.ts';

const classes: readonly RegExp[] = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/];

/**
 * Passwords that satisfy the classes and are tried first all the same. Compared without case, and without signs and digits at the end,
 * so that `P@ssw0rd!2026` is caught by `p@ssw0rd`.
 */
const common: readonly string[] = [
  'p@ssw0rd',
  'passw0rd',
  'password',
  'p@ssword',
  'admin',
  'administrator',
  'qwerty',
  'qwertyuiop',
  'abc',
  'abcd',
  'abcdef',
  'abcdefg',
  'aa',
  'asdfghjkl',
  '1qaz@wsx',
  '1qaz2wsx',
  'zaq1@wsx',
  'qaz@wsx',
  'shanghai',
  'welcome',
  'woaini',
  'iloveyou',
  'letmein',
  'changeme',
  'test',
  'user',
  'root',
];

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z]+$/, '');

const isCommon = (password: string): boolean => {
  const lower = password.toLowerCase();
  const stem = lower.replace(/[\W_\d]+$/, '');
  return common.some((one) => one === lower || one === stem || bare(one) === bare(lower) || `${one}!` === lower);
};

/** What the rules ask for, in one sentence, to stand beside the field. */
export const describePasswordRules = ({ minLength, classes: kinds, history }: PasswordRules): string =>
  `至少 ${minLength} 位，含大写字母、小写字母、数字、符号中的 ${kinds} 类${history > 0 ? `，不与最近 ${history} 次相同` : ''}`;

/** What is wrong with a new password, each in words for the person; the empty list for a good one. Source: domain 10.3. */
export const passwordFaults = (rules: PasswordRules, password: string, userName: string): readonly string[] => {
  const faults: string[] = [];
  if ([...password].length < rules.minLength) faults.push(`密码至少 ${rules.minLength} 位`);
  if (classes.filter((one) => one.test(password)).length < rules.classes) {
    faults.push(`密码应含大写字母、小写字母、数字、符号中的 ${rules.classes} 类`);
  }
  if (userName !== '' && password.toLowerCase().includes(userName.toLowerCase())) faults.push('密码不能包含用户名');
  if (isCommon(password)) faults.push('这个密码太常见，容易被猜到，请换一个');
  return faults;
};
