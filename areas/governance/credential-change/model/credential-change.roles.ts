import type { Grant, Role } from '#kernel/access/access.ts';

const grants = (...verbs: readonly string[]): readonly Grant[] =>
  verbs.map((verb) => ({ permission: `governance.credential-change:${verb}`, rows: 'all', personal: 'masked' }));

/**
 * The system administrator applies, by opening an account or resetting it; a security administrator agrees, who opens no accounts. There are always two of those, so
 * nobody is locked out for want of a second system administrator. Source: domain 10.4 (三员分立).
 */
export const credentialChangeRoles: readonly Role[] = [
  {
    id: 'system-administrator',
    title: '系统管理员',
    level: 'platform',
    grants: [
      ...grants('read'),
      // Only who has applied may withdraw.
      { permission: 'governance.credential-change:withdraw', rows: 'own', personal: 'masked' },
    ],
  },
  {
    id: 'security-administrator',
    title: '安全管理员',
    level: 'platform',
    grants: grants('read', 'reveal', 'approve', 'refuse'),
  },
  { id: 'security-auditor', title: '安全审计员', level: 'platform', grants: grants('read') },
];
