import type { Grant, Role } from '#kernel/access/access.ts';
import { actionsOf, declarantGrants, granted, observerGrants } from '#practices/registry/model/registry.roles.ts';
import type { QualificationActor } from './qualification.lifecycle.ts';
import { qualificationRegistry } from './qualification.profile.ts';

const profile = qualificationRegistry;

const authorityGrants = (...actors: readonly QualificationActor[]): readonly Grant[] =>
  granted(profile, ['read', 'recheck', 'complaints', 'enforcement', ...actionsOf(profile, ...actors)], 'all', 'plain');

/**
 * Who may do what with qualifications. The commission's people hold both hands; whoever examined an application does not decide it, and whoever
 * began a revocation does not either. Two roles hold one hand each, where the owner wants them apart for good. Source: tender R10–R13, R43.
 */
export const qualificationRoles: readonly Role[] = [
  {
    id: 'elv-clerk',
    title: '回收拆解企业经办人',
    level: 'organisation',
    grants: declarantGrants(profile, 'applicant'),
  },
  {
    id: 'enterprise-administrator',
    title: '企业管理员',
    level: 'organisation',
    grants: declarantGrants(profile, 'applicant'),
  },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: authorityGrants('officer', 'decider'),
  },
  { id: 'elv-observer', title: '监管查阅人员', level: 'platform', grants: observerGrants(profile) },
  {
    id: 'elv-qualification-officer',
    title: '资质受理审查人员',
    description: '受理、审查资质申请，现场评审，年审，办理听证',
    group: '资质管理',
    level: 'platform',
    grants: authorityGrants('officer'),
  },
  {
    id: 'elv-qualification-decider',
    title: '资质决定人员',
    description: '作出准予、不予、停业整顿、吊销、撤销、注销决定',
    group: '资质管理',
    level: 'platform',
    grants: authorityGrants('decider'),
  },
];
