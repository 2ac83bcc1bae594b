import type { Role } from '#kernel/access/access.ts';

/** Who keeps periods and the calendar. Source: tender R43; domain 10.1 (三员分立: the system administrator keeps parameters, not permissions and not the log). */
export const workingTimeRoles: readonly Role[] = [
  {
    id: 'system-administrator',
    title: '系统管理员',
    level: 'platform',
    grants: ['governance.working-time:read', 'governance.working-time:change'].map((permission) => ({
      permission,
      rows: 'all',
      personal: 'masked',
    })),
  },
];
