import type { Grant, Role } from '#kernel/access/access.ts';
import { citizenApplication } from './citizen-application.lifecycle.ts';

const actionsOf = (actor: keyof typeof citizenApplication.actors): readonly string[] =>
  Object.entries(citizenApplication.actions)
    .filter(([, { by }]) => by === actor)
    .map(([name]) => `elv.citizen-application:${name}`);

const grants = (permissions: readonly string[], rows: Grant['rows']): readonly Grant[] =>
  permissions.map((permission) => ({ permission, rows, personal: 'plain' }));

/** Who supervises reads, does nothing, and needs nobody's number for it; an officer of a district by a role of that district's rows. Source: tender R44; 个人信息保护法 第六条. */
const supervising: readonly Grant[] = [{ permission: 'elv.citizen-application:read', rows: 'all', personal: 'masked' }];

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
  { id: 'elv-commission', title: '商务委审核人员', level: 'platform', grants: supervising },
  { id: 'elv-observer', title: '监管查阅人员', level: 'platform', grants: supervising },
];
