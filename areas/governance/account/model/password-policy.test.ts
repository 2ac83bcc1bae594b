import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passwordFaults } from './password-policy.ts';
import { usualRules } from './sign-in-rules.ts';

const faults = (password: string, userName = 'clerk1') => passwordFaults(usualRules.password, password, userName);

describe('R42: what a password must be', () => {
  test.each(['Demo-2026!', 'xK9#mmmm', 'Tr0ub4dor&3', '长城砖瓦Ab1长城'])('%s is good', (password) => {
    expect(faults(password)).toEqual([]);
  });

  test.each([
    ['xK9#mmm', /至少 8 位/],
    ['abcdefgh1', /3 类/],
    ['ABCDEFGH', /3 类/],
    ['Clerk1-2026', /用户名/],
    ['xx-CLERK1-9', /用户名/],
    ['P@ssw0rd', /太常见/],
    ['P@ssw0rd!2026', /太常见/],
    ['Admin@123', /太常见/],
    ['Abcd1234!', /太常见/],
    ['Shanghai2026!', /太常见/],
    ['1qaz@WSX', /太常见/],
  ])('%s is refused', (password, why) => {
    expect(faults(password).join()).toMatch(why);
  });

  test('stricter rules never accept what milder ones refuse', () => {
    const some = fc.string({ maxLength: 14 });
    fc.assert(
      fc.property(some, fc.integer({ min: 4, max: 12 }), fc.integer({ min: 1, max: 4 }), (password, length, kinds) => {
        const rules = { ...usualRules.password, minLength: length, classes: kinds };
        const stricter = { ...rules, minLength: length + 1, classes: Math.min(4, kinds + 1) };
        const mild = passwordFaults(rules, password, 'x1').length;
        expect(passwordFaults(stricter, password, 'x1').length).toBeGreaterThanOrEqual(mild);
      }),
    );
  });
});
