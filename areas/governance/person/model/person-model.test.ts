import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passwordFaults } from '../../account/model/password-policy.ts';
import { usualRules } from '../../account/model/sign-in-rules.ts';
import { initialPassword } from './initial-password.ts';
import { endOfDay, lastDay, statusOf } from './person-status.ts';
import { nameEnding, newUserName } from './user-name.ts';

const ending = nameEnding('91310115MADEMA0198');

describe('R42: user names', () => {
  test('an organisation’s ending is its own code', () => {
    expect(ending).toBe('@madema019');
  });

  test.each([
    ['zhang.san', null, false, 'zhang.san'],
    ['Zhang.San', null, false, 'zhang.san'],
    ['ｚｈａｎｇ', null, false, 'zhang'],
    ['zhang.san', ending, true, 'zhang.san@madema019'],
    ['zhang.san@madema019', ending, true, 'zhang.san@madema019'],
    ['zhang.san@MADEMA019', ending, false, 'zhang.san@madema019'],
    ['zhang.san', ending, false, 'zhang.san'],
  ])('%s at %s becomes what is stored', (typed, at, own, stored) => {
    expect(newUserName(typed, at, own)).toEqual({ ok: true, userName: stored });
  });

  test.each([
    ['zh', null, false],
    ['1zhang', null, false],
    ['zhang san', null, false],
    ['张三', null, false],
    ['a'.repeat(21), ending, true],
    ['zhang@madema027', ending, true],
    ['zhang@madema027', ending, false],
    ['zhang@madema019', null, false],
    ['zhang@madema019@madema019', ending, true],
  ])('%s at %s is refused', (typed, at, own) => {
    expect(newUserName(typed, at, own).ok).toBe(false);
  });

  test('whoever names within one organisation never makes a name of another place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (typed) => {
        const named = newUserName(typed, ending, true);
        return !named.ok || (named.userName.endsWith(ending) && named.userName.length <= 40);
      }),
    );
  });
});

test('R42: an initial password is good by the rules, whatever chance draws', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1_000_000)), (draws) => {
      const password = initialPassword(usualRules.password, 'zhang.san', (limit) => Number(draws.next().value) % limit);
      expect(passwordFaults(usualRules.password, password, 'zhang.san')).toEqual([]);
      expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    }),
    { numRuns: 50 },
  );
});

test('R42: an account serves through its last day in Shanghai', () => {
  const until = endOfDay('2026-11-23');
  expect(until.toISOString()).toBe('2026-11-23T16:00:00.000Z');
  expect(lastDay(until)).toBe('2026-11-23');
  const account = { status: 'active', validUntil: until, lockedUntil: null };
  expect(statusOf(account, new Date('2026-11-23T15:59:59Z'))).toBe('active');
  expect(statusOf(account, until)).toBe('expired');
});

test('R42: of several states the gravest is told', () => {
  const now = new Date('2026-11-23T02:00:00Z');
  const past = new Date('2026-11-22T02:00:00Z');
  const coming = new Date('2026-11-24T02:00:00Z');
  expect(statusOf({ status: 'disabled', validUntil: past, lockedUntil: coming }, now)).toBe('disabled');
  expect(statusOf({ status: 'active', validUntil: past, lockedUntil: coming }, now)).toBe('expired');
  expect(statusOf({ status: 'active', validUntil: coming, lockedUntil: coming }, now)).toBe('locked');
  expect(statusOf({ status: 'active', validUntil: null, lockedUntil: past }, now)).toBe('active');
});
