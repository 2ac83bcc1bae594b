import type { Role } from '#kernel/access/access.ts';

/** Who sees how the system runs: whoever keeps it running, and nobody of the other two. Source: domain 10.4 (三员分立). */
export const operatingRoles: readonly Role[] = [
  {
    id: 'system-administrator',
    title: '系统管理员',
    level: 'platform',
    grants: [{ permission: 'governance.operating:read', rows: 'all', personal: 'masked' }],
  },
];
