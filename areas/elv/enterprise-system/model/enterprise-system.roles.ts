import type { Grant, Role } from '#kernel/access/access.ts';
import { enterpriseSystem } from './enterprise-system.lifecycle.ts';

type ActorName = keyof typeof enterpriseSystem.actors;

const permission = (verb: string): string => `${enterpriseSystem.id}:${verb}`;

const actionsOf = (...actors: readonly ActorName[]): readonly string[] =>
  Object.entries(enterpriseSystem.actions)
    .filter(([, { by }]) => actors.includes(by))
    .map(([name]) => permission(name));

const grants = (permissions: readonly string[], rows: Grant['rows'], personal: Grant['personal']): readonly Grant[] =>
  permissions.map((one) => ({ permission: one, rows, personal }));

/** The role every enterprise's system calls under; nobody is given it. */
export const systemRole = 'elv-enterprise-system';

/**
 * Who looks after enterprises' systems, and what those systems may do: draft and fill cases of their enterprise and see how they stand. Steps of cases are signed by people,
 * so a system has none of them. Source: tender R43, R44.
 */
export const enterpriseSystemRoles: readonly Role[] = [
  {
    id: 'enterprise-administrator',
    title: '企业管理员',
    level: 'organisation',
    grants: grants(
      [permission('read'), permission('resend'), ...actionsOf('enterprise', 'either')],
      'own-organisation',
      'masked',
    ),
  },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: grants([permission('read'), ...actionsOf('commission', 'either')], 'all', 'masked'),
  },
  {
    id: 'elv-observer',
    title: '监管查阅人员',
    level: 'platform',
    grants: grants([permission('read')], 'all', 'masked'),
  },
  {
    id: systemRole,
    title: '企业自有系统',
    description: '企业登记的系统以自己的签名调用接口时的身份：起草、补充本企业案卷，查询状态；不授予人员',
    level: 'organisation',
    grants: grants(
      ['elv.vehicle-case:read', 'elv.vehicle-case:open', 'elv.vehicle-case:edit'],
      'own-organisation',
      'plain',
    ),
  },
];
