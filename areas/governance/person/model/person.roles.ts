import type { Grant, Role } from '#kernel/access/access.ts';

/** Whoever has these verbs opens and looks after accounts. */
const verbs = [
  'read',
  'create',
  'import',
  'edit',
  'reveal',
  'disable',
  'enable',
  'unlock',
  'setValidity',
  'resetPassword',
  'resetFactor',
  'endSessions',
  'handOver',
] as const;

const grants = (rows: Grant['rows'], ...more: readonly string[]): readonly Grant[] =>
  [...verbs, ...more].map((verb) => ({ permission: `governance.person:${verb}`, rows, personal: 'masked' }));

/** Whoever has these enters the organisations people belong to. */
const organisationVerbs = ['read', 'register', 'correct'] as const;

const organisationGrants: readonly Grant[] = organisationVerbs.map((verb) => ({
  permission: `governance.organisation:${verb}`,
  rows: 'all',
  personal: 'masked',
}));

/** The role by which an enterprise looks after its own people. */
export const enterpriseAdministrator = 'enterprise-administrator';

/** The role by which accounts are opened for everybody. */
export const systemAdministrator = 'system-administrator';

/**
 * Who looks after accounts: the system administrator for everybody, without giving roles; an enterprise's administrator for the
 * enterprise's own people, with the roles that fit it. Source: tender R42, R43; domain 10.4 (三员分立).
 */
export const personRoles: readonly Role[] = [
  {
    id: systemAdministrator,
    title: '系统管理员',
    level: 'platform',
    grants: [...grants('all'), ...organisationGrants],
  },
  {
    id: enterpriseAdministrator,
    title: '企业管理员',
    description: '管理本企业人员的账号，授予本企业适用的角色；看不到其他单位的人员',
    group: '企业',
    level: 'organisation',
    grants: grants('own-organisation', 'setRoles'),
  },
];
