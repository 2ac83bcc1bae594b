import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessOver, type Grant, passes, type Role, type Subject } from './access.ts';

const permissions = ['library.loan:read', 'library.loan:lend', 'library.loan:export'];
const organisations = ['org-a', 'org-b', 'org-c'];

const grant: fc.Arbitrary<Grant> = fc.record({
  permission: fc.constantFrom(...permissions),
  rows: fc.constantFrom('all' as const, 'own-organisation' as const),
  personal: fc.constantFrom('plain' as const, 'masked' as const),
});

const roleOf = (id: string): fc.Arbitrary<Role> =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(id),
    level: fc.constant('platform' as const),
    grants: fc.array(grant, { maxLength: 4 }),
  });

const roles: fc.Arbitrary<readonly Role[]> = fc.tuple(roleOf('one'), roleOf('two'), roleOf('three'));

const subject: fc.Arbitrary<Subject> = fc.record({
  id: fc.constant('u1'),
  name: fc.constant('张三'),
  organisationId: fc.constantFrom(...organisations, null),
  organisationName: fc.constant(null),
  organisationCode: fc.constant(null),
  roles: fc.subarray(['one', 'two', 'three', 'unknown']),
});

/** What the roles say, written apart from the code under test: every grant by itself, one is enough. */
const mayReach = (held: readonly Role[], who: Subject, permission: string, organisationId: string): boolean =>
  held
    .filter(({ id }) => who.roles.includes(id))
    .flatMap(({ grants }) => grants)
    .filter((one) => one.permission === permission)
    .some(({ rows }) => rows === 'all' || who.organisationId === organisationId);

test('R44: a row passes exactly when some grant of some role reaches it', () => {
  fc.assert(
    fc.property(
      roles,
      subject,
      fc.constantFrom(...permissions),
      fc.constantFrom(...organisations),
      (held, who, permission, organisationId) => {
        const filter = accessOver(held).rowFilter(who, permission);
        expect(passes(filter, organisationId)).toBe(mayReach(held, who, permission, organisationId));
      },
    ),
  );
});

test('R43: another role never takes anything away', () => {
  const wide = (access: ReturnType<typeof accessOver>, who: Subject, permission: string) => [
    access.holds(who, permission),
    access.personalView(who, permission) === 'plain',
    ...organisations.map((one) => passes(access.rowFilter(who, permission), one)),
  ];
  fc.assert(
    fc.property(
      roles,
      subject,
      fc.constantFrom('one', 'two', 'three'),
      fc.constantFrom(...permissions),
      (held, who, more, permission) => {
        const access = accessOver(held);
        const before = wide(access, who, permission);
        const after = wide(access, { ...who, roles: [...who.roles, more] }, permission);
        expect(before.every((had, index) => !had || after[index])).toBe(true);
      },
    ),
  );
});

test('R43: whoever holds no grant reaches nothing and sees nothing plain', () => {
  fc.assert(
    fc.property(roles, subject, (held, who) => {
      const access = accessOver(held);
      const without = 'library.loan:burn';
      expect(access.holds(who, without)).toBe(false);
      expect(access.rowFilter(who, without)).toEqual({ rows: 'none' });
      expect(access.personalView(who, without)).toBe('masked');
    }),
  );
});

test('R44: personal data are plain when one grant of that permission shows them, whatever other permissions say', () => {
  const clerk: Role = {
    id: 'clerk',
    title: '经办人',
    level: 'organisation',
    grants: [
      { permission: 'library.loan:read', rows: 'own-organisation', personal: 'masked' },
      { permission: 'library.loan:lend', rows: 'own-organisation', personal: 'plain' },
    ],
  };
  const who: Subject = {
    id: 'u1',
    name: '张三',
    organisationId: 'org-a',
    organisationName: null,
    organisationCode: null,
    roles: ['clerk'],
  };
  const access = accessOver([clerk]);
  expect(access.personalView(who, 'library.loan:read')).toBe('masked');
  expect(access.personalView(who, 'library.loan:lend')).toBe('plain');
});

test('R44: someone of no organisation reaches no row by a grant on the own organisation', () => {
  const role: Role = {
    id: 'one',
    title: '',
    level: 'platform',
    grants: [{ permission: 'library.loan:read', rows: 'own-organisation', personal: 'plain' }],
  };
  const who: Subject = {
    id: 'u1',
    name: '',
    organisationId: null,
    organisationName: null,
    organisationCode: null,
    roles: ['one'],
  };
  expect(accessOver([role]).rowFilter(who, 'library.loan:read')).toEqual({ rows: 'none' });
});
