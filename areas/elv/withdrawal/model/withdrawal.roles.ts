import type { Grant, Role } from '#kernel/access/access.ts';
import { withdrawal } from './withdrawal.lifecycle.ts';

type ActorName = keyof typeof withdrawal.actors;

const actionsOf = (...actors: readonly ActorName[]): readonly string[] =>
  Object.entries(withdrawal.actions)
    .filter(([, { by }]) => actors.includes(by))
    .map(([name]) => `elv.withdrawal:${name}`);

const grants = (permissions: readonly string[], rows: Grant['rows'], personal: Grant['personal']): readonly Grant[] =>
  permissions.map((permission) => ({ permission, rows, personal }));

/** What roles may do with withdrawals, made from the lifecycle's actors. Of `successor` actions the rows are those of the enterprise chosen. Source: tender R43, R44. */
export const withdrawalRoles: readonly Role[] = [
  {
    id: 'elv-clerk',
    title: '回收拆解企业经办人',
    level: 'organisation',
    grants: grants(
      ['elv.withdrawal:read', 'elv.withdrawal:apply', 'elv.withdrawal:edit', ...actionsOf('dismantler', 'successor')],
      'own-organisation',
      'plain',
    ),
  },
  {
    id: 'elv-yard-reviewer',
    title: '回收拆解企业内部审核人员',
    description: '审核本企业的撤销申请，查阅本企业案卷；不能审核自己提交的申请',
    level: 'organisation',
    grants: grants(
      ['elv.vehicle-case:read', 'elv.withdrawal:read', ...actionsOf('internalReviewer')],
      'own-organisation',
      'plain',
    ),
  },
  { id: 'elv-desk', title: '车管审核人员', level: 'platform', grants: grants(['elv.withdrawal:read'], 'all', 'plain') },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: grants(['elv.withdrawal:read', 'elv.withdrawal:retry', ...actionsOf('commission')], 'all', 'plain'),
  },
  {
    id: 'elv-observer',
    title: '监管查阅人员',
    level: 'platform',
    grants: grants(['elv.withdrawal:read'], 'all', 'masked'),
  },
];
