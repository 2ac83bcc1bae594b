import type { Role } from '#kernel/access/access.ts';
import {
  declarantGrants,
  observerGrants,
  registrarGrants,
  reviewerGrants,
} from '#practices/registry/model/registry.roles.ts';
import { dismantlerRegistry } from './dismantler.profile.ts';

const profile = dismantlerRegistry;

/**
 * Who may do what with the registry of dismantlers. The commission's people hold both reviews; whoever did the first of a declaration is kept
 * from its second. Two roles hold one review each, where the owner wants the hands apart for good. Source: tender R43, R49.
 */
export const dismantlerRoles: readonly Role[] = [
  { id: 'elv-clerk', title: '回收拆解企业经办人', level: 'organisation', grants: declarantGrants(profile) },
  { id: 'enterprise-administrator', title: '企业管理员', level: 'organisation', grants: declarantGrants(profile) },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: [...registrarGrants(profile), ...reviewerGrants(profile, 'firstReviewer', 'secondReviewer')],
  },
  { id: 'elv-observer', title: '监管查阅人员', level: 'platform', grants: observerGrants(profile) },
  {
    id: 'elv-registry-first',
    title: '对象库初审人员',
    description: '导入并初审回收拆解企业库的申报',
    group: '对象库',
    level: 'platform',
    grants: [...registrarGrants(profile), ...reviewerGrants(profile, 'firstReviewer')],
  },
  {
    id: 'elv-registry-second',
    title: '对象库复审人员',
    description: '复审回收拆解企业库的申报，移出企业',
    group: '对象库',
    level: 'platform',
    grants: reviewerGrants(profile, 'secondReviewer'),
  },
];
