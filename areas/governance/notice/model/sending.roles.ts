import type { Role } from '#kernel/access/access.ts';

/** Who sees what became of messages that left the house. Source: tender R43, R49. */
export const sendingRoles: readonly Role[] = [
  {
    id: 'system-administrator',
    title: '系统管理员',
    level: 'platform',
    grants: [{ permission: 'notice.delivery:read', rows: 'all', personal: 'masked' }],
  },
];
