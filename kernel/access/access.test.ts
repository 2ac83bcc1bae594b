import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accessOver,
  type FieldView,
  type Grant,
  type Role,
  type RowScope,
  type SpecialGrant,
  type Subject,
} from './access.ts';
import { type AccessRow, noRow, passes } from './predicate.ts';

const permissions = ['library.loan:read', 'library.loan:lend', 'library.loan:export'];
const organisations = ['org-a', 'org-b', 'org-c'];
const districts = ['310101', '310115'];
const people = ['u1', 'u2'];
const loans = ['loan-1', 'loan-2', 'loan-3'];

const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'assigned', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray(districts) }),
  fc.record({ where: fc.record({ field: fc.constant('shelf'), in: fc.subarray(['history', 'poetry']) }) }),
);
const view = fc.constantFrom<FieldView>('plain', 'masked', 'hidden');
const grant: fc.Arbitrary<Grant> = fc.record({
  permission: fc.constantFrom(...permissions),
  rows: scope,
  personal: view,
});

const roleIds = ['one', 'two', 'three'];
const roles: fc.Arbitrary<readonly Role[]> = fc
  .tuple(...roleIds.map(() => fc.record({ grants: fc.array(grant, { maxLength: 3 }), parents: fc.subarray(roleIds) })))
  .map((all) => all.map((one, index): Role => ({ id: roleIds[index] ?? '', title: '', level: 'platform', ...one })));

const subject: fc.Arbitrary<Subject> = fc.record({
  id: fc.constantFrom(...people),
  name: fc.constant('张三'),
  organisationId: fc.constantFrom(...organisations, null),
  organisationName: fc.constant(null),
  organisationCode: fc.constant(null),
  districtCode: fc.constantFrom(...districts, null),
  roles: fc.subarray([...roleIds, 'unknown']),
});

const row: fc.Arbitrary<AccessRow> = fc.record({
  id: fc.constantFrom(...loans),
  organisation: fc.constantFrom(...organisations),
  district: fc.constantFrom(...districts, null),
  owner: fc.constantFrom(...people),
  assignee: fc.constantFrom(...people, null),
  shelf: fc.constantFrom('history', 'poetry', 'law'),
});

const today = new Date('2026-11-23T02:00:00Z');
const moment = fc.constantFrom(-2, -1, 1, 2).map((days) => new Date(today.getTime() + days * 86_400_000));
const special: fc.Arbitrary<readonly SpecialGrant[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    subjectId: fc.constantFrom(...people),
    permission: fc.constantFrom(...permissions),
    targetId: fc.constantFrom(...loans),
    effect: fc.constantFrom('allow' as const, 'deny' as const),
    from: moment,
    until: moment,
    reason: fc.constant('借调'),
    approvedBy: fc.constant('u9'),
  }),
  { maxLength: 4 },
);

/** Every role a person holds, parents included; written apart from the code under test. */
const heldBy = (all: readonly Role[], who: Subject): readonly Role[] => {
  const ids = new Set(who.roles);
  for (let before = -1; before !== ids.size; ) {
    before = ids.size;
    for (const role of all) if (ids.has(role.id)) for (const parent of role.parents ?? []) ids.add(parent);
  }
  return all.filter(({ id }) => ids.has(id));
};

const reaches = (rows: RowScope, who: Subject, one: AccessRow): boolean => {
  if (typeof rows === 'object')
    return 'districts' in rows ? rows.districts.includes(one.district ?? '') : passes(rows.where, one);
  if (rows === 'all') return true;
  if (rows === 'own') return one.owner === who.id;
  if (rows === 'assigned') return one.assignee === who.id;
  if (rows === 'own-organisation') return who.organisationId !== null && one.organisation === who.organisationId;
  return who.districtCode !== null && one.district === who.districtCode;
};

/** What may be done, by the order of the tender: special deny, special allow, any grant of any role. */
const mayDo = (
  all: readonly Role[],
  apart: readonly SpecialGrant[],
  who: Subject,
  permission: string,
  one: AccessRow,
): boolean => {
  const living = apart.filter(
    (each) =>
      each.subjectId === who.id &&
      each.permission === permission &&
      each.targetId === one.id &&
      each.from <= today &&
      each.until > today,
  );
  if (living.some(({ effect }) => effect === 'deny')) return false;
  if (living.some(({ effect }) => effect === 'allow')) return true;
  return heldBy(all, who)
    .flatMap(({ grants }) => grants)
    .some((each) => each.permission === permission && reaches(each.rows, who, one));
};

const permission = fc.constantFrom(...permissions);

test('R44: a row passes exactly when a special grant or some grant of some role, own or inherited, says so', () => {
  fc.assert(
    fc.property(roles, special, subject, permission, row, (all, apart, who, what, one) => {
      const access = accessOver(all, apart, () => today);
      const expected = mayDo(all, apart, who, what, one);
      expect(passes(access.rowFilter(who, what), one)).toBe(expected);
      expect(access.explain(who, what, one).allowed).toBe(expected);
      if (expected) expect(access.holds(who, what)).toBe(true);
    }),
  );
});

test('R43: another role, or another parent of a role, never takes anything away', () => {
  fc.assert(
    fc.property(
      roles,
      subject,
      fc.constantFrom(...roleIds),
      fc.constantFrom(...roleIds),
      permission,
      row,
      (all, who, more, parent, what, one) => {
        const before = passes(accessOver(all).rowFilter(who, what), one);
        const withRole = { ...who, roles: [...who.roles, more] };
        const withParent = all.map((role) => ({ ...role, parents: [...(role.parents ?? []), parent] }));
        expect(passes(accessOver(all).rowFilter(withRole, what), one) || !before).toBe(true);
        expect(passes(accessOver(withParent).rowFilter(who, what), one) || !before).toBe(true);
      },
    ),
  );
});

test('R43: whoever holds no grant reaches nothing and sees nothing plain', () => {
  fc.assert(
    fc.property(roles, subject, row, (all, who, one) => {
      const access = accessOver(all);
      const without = 'library.loan:burn';
      expect(access.holds(who, without)).toBe(false);
      expect(passes(access.rowFilter(who, without), one)).toBe(false);
      expect(access.fieldViews(who, without, one)('phone')).toBe('masked');
      expect(access.explain(who, without, one)).toMatchObject({ allowed: false, because: 'no-grant' });
    }),
  );
});

test('R44: a field is as open as the most open grant that reaches this very row, never as one that reaches other rows', () => {
  const order: readonly FieldView[] = ['hidden', 'masked', 'plain'];
  fc.assert(
    fc.property(roles, subject, permission, row, (all, who, what, one) => {
      const reaching = heldBy(all, who)
        .flatMap(({ grants }) => grants)
        .filter((each) => each.permission === what && reaches(each.rows, who, one));
      const best = Math.max(...reaching.map(({ personal }) => order.indexOf(personal)));
      const expected = reaching.length === 0 ? 'masked' : order[best];
      expect(accessOver(all).fieldViews(who, what, one)('phone')).toBe(expected);
    }),
  );
});

const clerk = (grants: readonly Grant[]): Role => ({ id: 'clerk', title: '经办人', level: 'organisation', grants });
const person: Subject = {
  id: 'u1',
  name: '张三',
  organisationId: 'org-a',
  organisationName: null,
  organisationCode: null,
  districtCode: null,
  roles: ['clerk'],
};

test('R44: one field may be shown otherwise than the rest', () => {
  const grants: readonly Grant[] = [
    {
      permission: 'library.loan:read',
      rows: 'all',
      personal: 'masked',
      fields: { 'reader.name': 'plain', 'reader.card': 'hidden' },
    },
  ];
  const view = accessOver([clerk(grants)]).fieldViews(person, 'library.loan:read', { id: 'loan-1' });
  expect(['reader.name', 'reader.card', 'reader.phone'].map(view)).toEqual(['plain', 'hidden', 'masked']);
});

test('R44: plain on the own rows and masked on all leaves foreign rows masked', () => {
  const grants: readonly Grant[] = [
    { permission: 'library.loan:read', rows: 'own-organisation', personal: 'plain' },
    { permission: 'library.loan:read', rows: 'all', personal: 'masked' },
  ];
  const access = accessOver([clerk(grants)]);
  const viewOf = (organisation: string) =>
    access.fieldViews(person, 'library.loan:read', { id: 'loan-1', organisation })('reader.phone');
  expect([viewOf('org-a'), viewOf('org-b')]).toEqual(['plain', 'masked']);
});

test('R44: someone of no organisation and no district reaches no row by a grant on their own', () => {
  const grants: readonly Grant[] = [
    { permission: 'library.loan:read', rows: 'own-organisation', personal: 'plain' },
    { permission: 'library.loan:read', rows: 'own-district', personal: 'plain' },
  ];
  const filter = accessOver([clerk(grants)]).rowFilter({ ...person, organisationId: null }, 'library.loan:read');
  expect(filter).toEqual({ any: [noRow, noRow] });
});

test('R43: roles that inherit from one another in a circle neither hang nor lose anything', () => {
  const [read, lend] = ['library.loan:read', 'library.loan:lend'].map(
    (what): Grant => ({ permission: what, rows: 'all', personal: 'masked' }),
  );
  const circle: readonly Role[] = [
    { id: 'clerk', title: '', level: 'platform', parents: ['chief'], grants: read ? [read] : [] },
    { id: 'chief', title: '', level: 'platform', parents: ['clerk'], grants: lend ? [lend] : [] },
  ];
  const access = accessOver(circle);
  expect([access.holds(person, 'library.loan:read'), access.holds(person, 'library.loan:lend')]).toEqual([true, true]);
});
