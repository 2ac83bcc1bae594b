import type { Grant, Role } from '#kernel/access/access.ts';

const grants = (...verbs: readonly string[]): readonly Grant[] =>
  verbs.map((verb) => ({ permission: `governance.access-change:${verb}`, rows: 'all', personal: 'masked' }));

/** The three administrators, who exclude one another, and what they may do with permissions. Source: domain 10.4 (三员分立). */
export const accessChangeRoles: readonly Role[] = [
  {
    id: 'system-administrator',
    title: '系统管理员',
    description: '开通账号、维护参数与日历、查看运行；不分配权限，不看业务数据，不动日志',
    group: '三员',
    level: 'platform',
    excludes: ['security-administrator', 'security-auditor'],
    grants: [],
  },
  {
    id: 'security-administrator',
    title: '安全管理员',
    description: '申请和审批授权、管理角色和安全策略；不开账号，不看业务数据，不删日志',
    group: '三员',
    level: 'platform',
    excludes: ['system-administrator', 'security-auditor'],
    grants: [
      ...grants('read', 'propose', 'reveal', 'approve', 'refuse'),
      // Only who has applied may withdraw; everybody else decides.
      { permission: 'governance.access-change:withdraw', rows: 'own', personal: 'masked' },
    ],
  },
  {
    id: 'security-auditor',
    title: '安全审计员',
    description: '查阅和导出日志、处置安全告警、查看授权；不办业务，不授权，不审计自己',
    group: '三员',
    level: 'platform',
    excludes: ['system-administrator', 'security-administrator'],
    grants: grants('read'),
  },
];
