import type { Role } from '#kernel/access/access.ts';

const reads = [{ permission: 'governance.operating:read', rows: 'all', personal: 'masked' }] as const;

/** Who sees how the system runs: whoever keeps it running, and whoever watches. Source: domain 10.4. */
export const operatingRoles: readonly Role[] = [
  { id: 'system-administrator', title: '系统管理员', level: 'platform', grants: reads },
  { id: 'security-auditor', title: '安全审计员', level: 'platform', grants: reads },
];
