import type { Role } from '#kernel/access/access.ts';

/** Who looks after keys and answers for cryptography. Source: domain 10.4 (the security administrator: policies and keys). */
export const cryptographyRoles: readonly Role[] = [
  {
    id: 'security-administrator',
    title: '安全管理员',
    level: 'platform',
    grants: ['read', 'check', 'renew'].map((verb) => ({
      permission: `governance.cryptography:${verb}`,
      rows: 'all',
      personal: 'masked',
    })),
  },
  {
    id: 'security-auditor',
    title: '安全审计员',
    level: 'platform',
    grants: [{ permission: 'governance.cryptography:read', rows: 'all', personal: 'masked' }],
  },
];
