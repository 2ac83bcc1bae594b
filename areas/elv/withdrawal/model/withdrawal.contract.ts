import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { withdrawalKinds } from './withdrawal.fields.ts';
import { caseWithdrawalView, paperView, withdrawalRow, withdrawalView } from './withdrawal.views.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });

/** Orders a list can be asked for; a leading minus is descending. */
export const withdrawalSort = z.enum(['-stateSince', 'stateSince', '-openedAt', 'openedAt', 'deadlineAt']);

const manyOf = <T extends z.ZodType>(member: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(member).max(40).optional(),
  );

// The keys are those of the definition.
const kind = z.enum(Object.keys(withdrawalKinds) as [keyof typeof withdrawalKinds]);

/** Filters of the list of withdrawals; all of them live in the page's address. */
export const withdrawalFilter = z.object({
  /** The beginning of a plate, a VIN, a case number or a withdrawal's own number; at least two characters. */
  q: z.string().trim().max(60).optional(),
  state: manyOf(z.string().max(40)),
  kind: kind.optional(),
  overdue: z.stringbool().optional(),
  /** Only withdrawals in which the asking user can act now. */
  mine: z.stringbool().optional(),
  sort: withdrawalSort.default('-stateSince'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

const count = z.object({ state: z.string(), title: z.string(), count: z.int() });

/** All operations of withdrawals but their lifecycle steps, which are derived from the definition. Source: tender R08, R09. */
export const withdrawalContract = {
  list: operation({
    id: 'elv.withdrawal.list',
    title: '撤销申请列表',
    source: tender(8, 9),
    method: 'GET',
    path: '/elv/withdrawals',
    permission: 'elv.withdrawal:read',
    input: withdrawalFilter,
    output: z.object({ rows: z.array(withdrawalRow), total: z.int() }),
    errors: {},
    audit: 'partly',
  }),
  summary: operation({
    id: 'elv.withdrawal.summary',
    title: '撤销申请待办',
    source: tender(8, 9),
    method: 'GET',
    path: '/elv/withdrawals/summary',
    permission: 'elv.withdrawal:read',
    input: z.object({}),
    output: z.object({
      /** What waits for the asking user, by state. */
      mine: z.array(count.extend({ overdue: z.int() })),
      states: z.array(count),
    }),
    errors: {},
    audit: 'none',
  }),
  ofCase: operation({
    id: 'elv.withdrawal.ofCase',
    title: '案卷的撤销情况',
    source: tender(8),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/withdrawal',
    permission: 'elv.withdrawal:read',
    input: one,
    output: caseWithdrawalView,
    errors: {},
    audit: 'none',
  }),
  open: operation({
    id: 'elv.withdrawal.open',
    title: '申请撤销',
    source: tender(8),
    method: 'POST',
    path: '/elv/withdrawals',
    permission: 'elv.withdrawal:apply',
    /** A case has one withdrawal at a time: asked again, the one under way is answered. */
    input: z.object({ caseId: id }),
    output: z.object({ id }),
    errors: { NOT_POSSIBLE: { status: 422, message: '这件案卷现在不能申请撤销' } },
    audit: 'write',
  }),
  get: operation({
    id: 'elv.withdrawal.get',
    title: '查看撤销申请',
    source: tender(8, 9),
    method: 'GET',
    path: '/elv/withdrawals/{id}',
    permission: 'elv.withdrawal:read',
    input: one,
    output: withdrawalView,
    errors: {},
    audit: 'read',
  }),
  /** Live state of an open withdrawal: cheap, polled by its page. */
  pulse: operation({
    id: 'elv.withdrawal.pulse',
    title: '撤销申请动态',
    source: tender(8),
    method: 'GET',
    path: '/elv/withdrawals/{id}/pulse',
    permission: 'elv.withdrawal:read',
    input: one,
    /** `mark` changes whenever anything the page shows has changed. */
    output: z.object({ version: z.int(), mark: z.string() }),
    errors: {},
    audit: 'none',
  }),
  saveApplication: operation({
    id: 'elv.withdrawal.saveApplication',
    title: '保存撤销申请',
    source: tender(8),
    method: 'PUT',
    path: '/elv/withdrawals/{id}/application',
    permission: 'elv.withdrawal:edit',
    /** Each change tells what stood there when the person began, so that only true conflicts are refused. */
    input: one.extend({
      changes: z.record(z.string().max(60), z.object({ was: z.unknown(), now: z.unknown() })),
    }),
    output: z.object({
      version: z.int(),
      values: z.record(z.string(), z.unknown()),
      faults: z.array(z.object({ field: z.string(), message: z.string() })),
    }),
    errors: {
      NOT_EDITABLE: { status: 409, message: '撤销申请已提交，不能再修改' },
      CONFLICT: { status: 409, message: '这些内容刚被他人修改，请对照后决定保留哪一个' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
    },
    audit: 'write',
  }),
  addPaper: operation({
    id: 'elv.withdrawal.addPaper',
    title: '上传撤销材料',
    source: tender(8),
    method: 'POST',
    path: '/elv/withdrawals/{id}/papers/{part}',
    permission: 'elv.withdrawal:edit',
    body: 'file',
    input: one.extend({ part: z.string().max(60), key: z.uuid() }),
    output: paperView,
    errors: {
      NOT_EDITABLE: { status: 409, message: '撤销申请已提交，不能再上传材料' },
      UNKNOWN_PART: { status: 422, message: '没有这个材料位置' },
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
    },
    audit: 'write',
  }),
  removePaper: operation({
    id: 'elv.withdrawal.removePaper',
    title: '移除撤销材料',
    source: tender(8),
    method: 'DELETE',
    path: '/elv/withdrawals/{id}/papers/{paperId}',
    permission: 'elv.withdrawal:edit',
    input: one.extend({ paperId: id }),
    output: z.object({ version: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '撤销申请已提交，不能再移除材料' } },
    audit: 'write',
  }),
  paperContent: operation({
    id: 'elv.withdrawal.paperContent',
    title: '查看撤销材料',
    source: tender(8, 9),
    method: 'GET',
    path: '/elv/withdrawals/{id}/papers/{paperId}/content',
    permission: 'elv.withdrawal:read',
    reply: 'file',
    input: one.extend({ paperId: id }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '这份材料含个人信息，您的角色只能看脱敏后的内容' } },
    audit: 'partly',
  }),
  retryExchange: operation({
    id: 'elv.withdrawal.retryExchange',
    title: '重新发送撤销请求',
    source: tender(9, 57),
    method: 'POST',
    path: '/elv/withdrawals/{id}/exchanges/{exchangeId}/retry',
    permission: 'elv.withdrawal:retry',
    input: one.extend({ exchangeId: id }),
    output: z.object({ done: z.literal(true) }),
    errors: { NOT_WAITING: { status: 409, message: '这条往来已有结果，不需要重发' } },
    audit: 'write',
  }),
};
