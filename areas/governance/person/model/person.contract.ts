import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { openWork, personChoices, personFilter, personRow, personView } from './person.view.ts';

const personId = z.string().min(1).max(64);
const one = z.object({ personId });
const base = '/governance/people' as const;
const reason = z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因不超过 200 个字');

const NOT_FOUND = { status: 404, message: '没有找到，可能已被删除，或不在您的权限范围内' } as const;
const CHANGED = { status: 409, message: '这个人的信息刚被他人改过，页面已取回最新内容，请核对后再改' } as const;
const FAULTY = { status: 422, message: '有内容需要补充或改正' } as const;
const LAST_ADMINISTRATOR = {
  status: 409,
  message: '这是最后一名可用的管理员，停用或到期后将无人管理账号；请先增加另一名管理员（30 日内到期的不计）',
} as const;
const YOURSELF = { status: 409, message: '自己的密码和第二重验证请在“个人设置”中修改' } as const;
const REASON = { status: 422, message: '请写明原因，至少 4 个字：这个人的登录凭据须由安全管理员批准' } as const;
const WAITING = {
  status: 409,
  message: '这个人已有同样的申请待批准，请等安全管理员审批，或在“登录凭据”页撤回',
} as const;

const write = { source: tender(42), audit: 'write' } as const;
/** `half`: only the first half; whoever agrees is shown the second, and before that the password serves nobody. */
const withPassword = z.object({ person: personView, initialPassword: z.string(), half: z.boolean() });
/** A reason is asked for where another person must agree. */
const withReason = z.object({ personId, reason: z.string().trim().max(200, '原因不超过 200 个字').optional() });

/** Opening and looking after people's accounts. A person one may not read is answered like one who does not exist. Source: tender R42. */
export const personContract = {
  list: operation({
    id: 'governance.person.list',
    title: '用户列表',
    source: tender(42),
    method: 'GET',
    path: base,
    permission: 'governance.person:read',
    input: personFilter,
    output: z.object({ rows: z.array(personRow), total: z.int() }),
    errors: {},
    audit: 'read',
  }),
  choices: operation({
    id: 'governance.person.choices',
    title: '用户管理可选的单位和角色',
    source: tender(42),
    method: 'GET',
    path: '/governance/people-choices',
    permission: 'governance.person:read',
    input: z.object({}),
    output: personChoices,
    errors: {},
    audit: 'none',
  }),
  get: operation({
    id: 'governance.person.get',
    title: '用户信息',
    source: tender(42),
    method: 'GET',
    path: `${base}/{personId}`,
    permission: 'governance.person:read',
    input: one,
    output: personView,
    errors: { NOT_FOUND },
    audit: 'read',
  }),
  create: operation({
    ...write,
    id: 'governance.person.create',
    title: '新增用户',
    method: 'POST',
    path: base,
    permission: 'governance.person:create',
    input: z.object({
      userName: z.string().max(60),
      organisationId: z.string().max(40).nullable(),
      values: z.record(z.string().max(40), z.unknown()),
    }),
    output: withPassword,
    errors: { FAULTY },
  }),
  edit: operation({
    ...write,
    id: 'governance.person.edit',
    title: '修改用户信息',
    method: 'PUT',
    path: `${base}/{personId}`,
    permission: 'governance.person:edit',
    input: one.extend({ version: z.int(), changes: z.record(z.string().max(40), z.unknown()) }),
    output: personView,
    errors: { NOT_FOUND, CHANGED, FAULTY },
  }),
  reveal: operation({
    ...write,
    id: 'governance.person.reveal',
    title: '查看用户信息明文',
    method: 'POST',
    path: `${base}/{personId}/reveal`,
    permission: 'governance.person:reveal',
    input: one.extend({ field: z.enum(['identityNo', 'phone', 'email']), reason }),
    output: z.object({ value: z.string().nullable() }),
    errors: { NOT_FOUND, HIDDEN: { status: 403, message: '这一项对您的角色不可见' } },
  }),
  disable: operation({
    ...write,
    id: 'governance.person.disable',
    title: '停用账号',
    method: 'POST',
    path: `${base}/{personId}/disable`,
    permission: 'governance.person:disable',
    input: one.extend({ reason }),
    output: personView,
    errors: { NOT_FOUND, LAST_ADMINISTRATOR },
  }),
  enable: operation({
    ...write,
    id: 'governance.person.enable',
    title: '启用账号',
    method: 'POST',
    path: `${base}/{personId}/enable`,
    permission: 'governance.person:enable',
    input: one.extend({ reason }),
    output: personView,
    errors: {
      NOT_FOUND,
      PLATFORM: { status: 403, message: '这个账号由平台停用，只能由平台的系统管理员启用' },
    },
  }),
  unlock: operation({
    ...write,
    id: 'governance.person.unlock',
    title: '解除锁定',
    method: 'POST',
    path: `${base}/{personId}/unlock`,
    permission: 'governance.person:unlock',
    input: one,
    output: personView,
    errors: { NOT_FOUND },
  }),
  setValidity: operation({
    ...write,
    id: 'governance.person.setValidity',
    title: '设置有效期',
    method: 'PUT',
    path: `${base}/{personId}/validity`,
    permission: 'governance.person:setValidity',
    input: one.extend({ validUntil: z.iso.date('日期应为 年-月-日，例如 2026-11-23').nullable() }),
    output: personView,
    errors: {
      NOT_FOUND,
      LAST_ADMINISTRATOR,
      LIMITED: { status: 403, message: '有效期由平台设定，只能由平台的系统管理员延长' },
      PAST: { status: 422, message: '有效期不能早于今天；立即停止使用请选“停用”' },
    },
  }),
  resetPassword: operation({
    ...write,
    id: 'governance.person.resetPassword',
    title: '重置密码',
    method: 'POST',
    path: `${base}/{personId}/password`,
    permission: 'governance.person:resetPassword',
    input: withReason,
    output: withPassword,
    errors: { NOT_FOUND, YOURSELF, REASON, WAITING, CHANGED },
  }),
  resetFactor: operation({
    ...write,
    id: 'governance.person.resetFactor',
    title: '解除第二重验证',
    method: 'POST',
    path: `${base}/{personId}/second-factor/removal`,
    permission: 'governance.person:resetFactor',
    input: withReason,
    /** `waits`: another person must agree first. */
    output: z.object({ person: personView, waits: z.boolean() }),
    errors: {
      NOT_FOUND,
      YOURSELF,
      REASON,
      WAITING,
      CHANGED,
      NO_FACTOR: { status: 409, message: '这个人没有启用第二重验证' },
    },
  }),
  endSessions: operation({
    ...write,
    id: 'governance.person.endSessions',
    title: '退出该用户的全部登录',
    method: 'POST',
    path: `${base}/{personId}/end-sessions`,
    permission: 'governance.person:endSessions',
    input: one,
    output: z.object({ ended: z.int() }),
    errors: { NOT_FOUND },
  }),
  work: operation({
    id: 'governance.person.work',
    title: '该用户的在办事项和可接收的人',
    source: tender(42),
    method: 'GET',
    path: `${base}/{personId}/work`,
    permission: 'governance.person:handOver',
    input: one,
    output: z.object({
      work: z.array(openWork),
      receivers: z.array(z.object({ id: z.string(), name: z.string(), userName: z.string() })),
      /** Since when a hand-over of the person's work waits to be done; null where none does. */
      underWaySince: z.iso.datetime().nullable(),
    }),
    errors: { NOT_FOUND },
    audit: 'none',
  }),
  handOver: operation({
    ...write,
    id: 'governance.person.handOver',
    title: '移交工作',
    method: 'POST',
    path: `${base}/{personId}/hand-over`,
    permission: 'governance.person:handOver',
    input: one.extend({ receiverId: personId, reason }),
    /** `underWay`: not all of it is known to be done; it is tried until it is, and who asked is told then. */
    output: z.object({ moved: z.array(openWork), underWay: z.boolean() }),
    errors: {
      NOT_FOUND,
      UNDER_WAY: { status: 409, message: '这个人的工作正在移交，还没有全部完成；系统会自动继续，请等完成后再移交' },
      RECEIVER: { status: 422, message: '接收人应是同一单位、账号正常的另一名人员' },
    },
  }),
  setRoles: operation({
    ...write,
    id: 'governance.person.setRoles',
    title: '授予或收回本企业角色',
    source: tender(42, 43),
    method: 'PUT',
    path: `${base}/{personId}/roles`,
    permission: 'governance.person:setRoles',
    input: one.extend({
      /** What the asker saw held among the roles that may be given. */
      was: z.array(z.string().max(64)).max(20),
      roles: z.array(z.string().max(64)).max(20),
    }),
    output: personView,
    errors: {
      NOT_FOUND,
      CHANGED,
      LAST_ADMINISTRATOR,
      NOT_GRANTABLE: { status: 422, message: '这个角色不能由本企业授予' },
    },
  }),
};
