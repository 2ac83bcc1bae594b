import type { Grant, Role } from '#kernel/access/access.ts';

const reading = (rows: Grant['rows']): readonly Grant[] => [
  { permission: 'elv.progress:read', rows, personal: 'masked' },
];

/** Who sees how cases get on: an enterprise its own, the authority's people all; an officer of a district by a role of that district's rows. Source: tender R14, R44. */
export const progressRoles: readonly Role[] = [
  { id: 'elv-clerk', title: '回收拆解企业经办人', level: 'organisation', grants: reading('own-organisation') },
  { id: 'enterprise-administrator', title: '企业管理员', level: 'organisation', grants: reading('own-organisation') },
  { id: 'elv-desk', title: '车管审核人员', level: 'platform', grants: reading('all') },
  { id: 'elv-commission', title: '商务委审核人员', level: 'platform', grants: reading('all') },
  { id: 'elv-observer', title: '监管查阅人员', level: 'platform', grants: reading('all') },
];
