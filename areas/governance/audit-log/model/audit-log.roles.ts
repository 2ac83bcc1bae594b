import type { Role } from '#kernel/access/access.ts';

/** Who watches. Source: domain 10.4 (三员分立: the auditor reads and handles alerts, and neither does business nor grants anything). */
export const auditLogRoles: readonly Role[] = [
  {
    id: 'security-auditor',
    title: '安全审计员',
    level: 'platform',
    grants: ['read', 'export', 'archive', 'handleAlert', 'tune'].map((verb) => ({
      permission: `governance.audit-log:${verb}`,
      rows: 'all',
      personal: 'masked',
    })),
  },
];

/** The roles whose people are administrators: what they do at odd hours is told. Source: domain 10.4. */
export const administratorRoles: readonly string[] = [
  'system-administrator',
  'security-administrator',
  'security-auditor',
];
