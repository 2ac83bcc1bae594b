import { z } from 'zod';
import { appliedRow, revealOf } from '#areas/governance/person/model/applied-person.ts';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { decided, decisionOf, proposalListOf } from '#practices/proposal/model/proposal.contract.ts';
import { accessChange, roleInput } from './access-change.ts';

const id = z.string().min(1).max(64);
const instant = z.string();
const source = tender(43, 44);
const read = 'governance.access-change:read';

/** One role with who holds it, for lists and the matrix. `grants` are its own; `inherited` come from its parents. */
export const roleView = z.object({
  id,
  title: z.string(),
  description: z.string(),
  group: z.string(),
  level: z.enum(['platform', 'organisation']),
  shipped: z.boolean(),
  parents: z.array(id),
  excludes: z.array(id),
  holders: z.int(),
  grants: roleInput.shape.grants,
  inherited: z.array(z.object({ from: id, grant: roleInput.shape.grants.element })),
});
/** See {@link roleView}. */
export type RoleView = z.output<typeof roleView>;

/** A permission as people read it. */
export const permissionView = z.object({ permission: z.string(), title: z.string(), resource: z.string() });
/** See {@link permissionView}. */
export type PermissionView = z.output<typeof permissionView>;

/** A field that conditions may ask about, with what its values are called. */
const conditionView = z.object({ field: z.string(), title: z.string(), values: z.record(z.string(), z.string()) });

/** A person that may be chosen. */
export const personView = z.object({
  id,
  name: z.string(),
  userName: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(z.object({ id, title: z.string() })),
});
/** See {@link personView}. */
export type PersonView = z.output<typeof personView>;

/** The list as it stands in this process. */
export const listStateView = z.object({
  intact: z.boolean(),
  version: z.int(),
  what: z.string().nullable(),
  checkedAt: instant,
  sealedAt: instant.nullable(),
});
/** See {@link listStateView}. */
export type ListStateView = z.output<typeof listStateView>;

/** Why somebody may, or may not, do something. */
export const explanationView = z.object({
  allowed: z.boolean(),
  verdict: z.string(),
  /** The object looked at, in words; null where the question was about any. */
  target: z.string().nullable(),
  lines: z.array(z.object({ reaches: z.boolean(), text: z.string() })),
});
/** See {@link explanationView}. */
export type ExplanationView = z.output<typeof explanationView>;

/** A special grant as lists show it. */
export const specialView = z.object({
  id,
  personName: z.string(),
  permissionTitle: z.string(),
  targetId: id,
  effect: z.enum(['allow', 'deny']),
  from: instant,
  until: instant,
  reason: z.string(),
  approvedBy: z.string(),
  living: z.boolean(),
});
/** See {@link specialView}. */
export type SpecialView = z.output<typeof specialView>;

const place = {
  id: 'governance.access-change',
  path: '/governance/access-changes',
  title: '授权申请',
  source,
} as const;

/** Applying for, deciding on and looking into permissions. Source: tender R43, R44. */
export const accessChangeContract = {
  list: proposalListOf(place, appliedRow),
  reveal: revealOf(place),
  propose: operation({
    id: 'governance.access-change.propose',
    title: '提交授权申请',
    source,
    method: 'POST',
    path: '/governance/access-changes',
    permission: 'governance.access-change:propose',
    input: z.object({
      key: z.uuid(),
      change: accessChange,
      reason: z.string().trim().min(4, '请写明理由，至少 4 个字').max(200, '理由不超过 200 个字'),
    }),
    output: z.object({ id, summary: z.string() }),
    errors: { REFUSED: { status: 422, message: '这项申请不能提交' } },
    audit: 'write',
  }),
  approve: decisionOf(place, 'approve', decided),
  refuse: decisionOf(place, 'refuse', decided),
  withdraw: decisionOf(place, 'withdraw', decided),
  roles: operation({
    id: 'governance.access-change.roles',
    title: '查看角色与权限矩阵',
    source,
    method: 'GET',
    path: '/governance/roles',
    permission: read,
    input: z.object({}),
    output: z.object({
      roles: z.array(roleView),
      permissions: z.array(permissionView),
      /** By the stem of the permission. */
      conditions: z.record(z.string(), z.array(conditionView)),
      /** Single values that may be shown otherwise than the rest, by the permission. */
      personal: z.record(z.string(), z.record(z.string(), z.string())),
      state: listStateView,
    }),
    errors: {},
    audit: 'none',
  }),
  special: operation({
    id: 'governance.access-change.special',
    title: '查看特定权限',
    source,
    method: 'GET',
    path: '/governance/special-grants',
    permission: read,
    input: z.object({}),
    output: z.array(specialView),
    errors: {},
    audit: 'none',
  }),
  people: operation({
    id: 'governance.access-change.people',
    title: '按姓名或用户名查找人员',
    source,
    method: 'GET',
    path: '/governance/access-people',
    permission: read,
    input: z.object({ q: z.string().trim().max(60).default(''), roleId: id.optional() }),
    output: z.array(personView),
    errors: {},
    audit: 'read',
  }),
  why: operation({
    id: 'governance.access-change.why',
    title: '查询某人能否办理某事及其缘由',
    source,
    method: 'GET',
    path: '/governance/access-why',
    permission: read,
    input: z.object({ subjectId: id, permission: z.string().max(120), target: z.string().trim().max(64).optional() }),
    output: explanationView,
    errors: { NOT_FOUND: { status: 404, message: '没有找到这个人员或对象，请核对后再查' } },
    audit: 'read',
  }),
  checkList: operation({
    id: 'governance.access-change.checkList',
    title: '核验权限清单',
    source: tender('R55', 'T5.5'),
    method: 'POST',
    path: '/governance/access-list/check',
    permission: read,
    input: z.object({}),
    output: listStateView,
    errors: {},
    audit: 'read',
  }),
};
