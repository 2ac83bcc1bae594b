import type { Grant, Role } from '#kernel/access/access.ts';
import { citizenApplication } from './citizen-application.lifecycle.ts';

const actionsOf = (actor: keyof typeof citizenApplication.actors): readonly string[] =>
  Object.entries(citizenApplication.actions)
    .filter(([, { by }]) => by === actor)
    .map(([name]) => `elv.citizen-application:${name}`);

const grants = (permissions: readonly string[], rows: Grant['rows']): readonly Grant[] =>
  permissions.map((permission) => ({ permission, rows, personal: 'plain' }));

/** The role of everybody who comes in by the one-stop service. Source: tender R43 (车辆报废申请人). */
export const applicantRole = 'elv-applicant';

/** What roles may do with citizens' applications, made from the lifecycle's actors. Source: tender R43, R62. */
export const citizenApplicationRoles: readonly Role[] = [
  {
    id: applicantRole,
    title: '车辆报废申请人',
    description: '凡由一网通办登录的个人都有，只能办理本人的申请；给了账号也不起作用',
    level: 'platform',
    group: '公众',
    grants: grants(['elv.citizen-application:apply', ...actionsOf('citizen')], 'own'),
  },
  {
    id: 'elv-clerk',
    title: '回收拆解企业经办人',
    level: 'organisation',
    grants: grants(['elv.citizen-application:read', ...actionsOf('dismantler')], 'own-organisation'),
  },
];
