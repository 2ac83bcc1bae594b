import type { Grant, Role } from '#kernel/access/access.ts';
import { vehicleCase } from './vehicle-case.lifecycle.ts';

type ActorName = keyof typeof vehicleCase.actors;

/** Permissions of the actions an actor takes. */
const actionsOf = (...actors: readonly ActorName[]): readonly string[] =>
  Object.entries(vehicleCase.actions)
    .filter(([, action]) => actors.includes(action.by))
    .map(([name]) => `elv.vehicle-case:${name}`);

const grants = (permissions: readonly string[], rows: Grant['rows'], personal: Grant['personal']): readonly Grant[] =>
  permissions.map((permission) => ({ permission, rows, personal }));

/** The roles of the vehicle case as shipped, made from the lifecycle's actors. Source: tender R43, R44. */
export const vehicleCaseRoles: readonly Role[] = [
  {
    id: 'elv-clerk',
    title: '回收拆解企业经办人',
    level: 'organisation',
    grants: grants(
      [
        'elv.vehicle-case:read',
        'elv.vehicle-case:open',
        'elv.vehicle-case:import',
        'elv.vehicle-case:edit',
        'elv.vehicle-case:retry',
        'elv.vehicle-case:printCertificate',
        ...actionsOf('dismantler', 'staff'),
      ],
      'own-organisation',
      'plain',
    ),
  },
  {
    id: 'elv-desk',
    title: '车管审核人员',
    level: 'platform',
    grants: grants(
      ['elv.vehicle-case:read', 'elv.vehicle-case:retry', ...actionsOf('vehicleDesk', 'staff')],
      'all',
      'plain',
    ),
  },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: grants(
      [
        'elv.vehicle-case:read',
        'elv.vehicle-case:export',
        'elv.vehicle-case:retry',
        'elv.vehicle-case:printCertificate',
        ...actionsOf('commission', 'staff'),
      ],
      'all',
      'plain',
    ),
  },
  {
    id: 'elv-observer',
    title: '监管查阅人员',
    level: 'platform',
    description: '查阅全市案卷，个人信息脱敏；看明文须写明原因并留痕',
    grants: grants(['elv.vehicle-case:read', 'elv.vehicle-case:reveal'], 'all', 'masked'),
  },
  {
    id: 'data-exporter',
    title: '数据导出专员',
    description: '招标需求所列的内部角色：按条件导出全市案卷，个人信息脱敏；导出须写明事由并留痕',
    level: 'platform',
    grants: grants(
      ['elv.vehicle-case:read', 'elv.vehicle-case:export', 'elv.vehicle-case:exportInBulk'],
      'all',
      'masked',
    ),
  },
  {
    id: 'business-reviewer',
    title: '业务审核员',
    description: '招标需求所列的内部角色，权限同商务委审核人员',
    level: 'platform',
    parents: ['elv-commission'],
    grants: [],
  },
  {
    id: 'recycler-submitter',
    title: '回收单位资料提交员',
    description: '招标需求所列的外部角色，权限同回收拆解企业经办人',
    level: 'organisation',
    parents: ['elv-clerk'],
    grants: [],
  },
];
