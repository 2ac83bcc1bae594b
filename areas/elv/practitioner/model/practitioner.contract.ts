import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { posts } from './practitioner.fields.ts';
import { practitionerRow, practitionerView } from './practitioner.views.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });
const base = '/elv/practitioners' as const;
const source = tender(49, 'T2.10');
const typed = z.record(z.string().max(40), z.unknown());
const changing = one.extend({ version: z.int() });

/** Orders the list can be asked for; a leading minus is descending. */
export const practitionerSort = z.enum(['-enteredAt', 'enteredAt', '-since', 'since']);

// The keys are those of the definition.
const post = z.enum(Object.keys(posts) as [keyof typeof posts]);

/** Filters of the list of people at work; all of them live in the page's address. */
export const practitionerFilter = z.object({
  /** A whole name or identity number; parts are not found, for both are sealed. */
  q: z.string().trim().max(60).optional(),
  enterpriseId: id.optional(),
  post: post.optional(),
  /** People with a certificate that lapses soon, or has lapsed and was not replaced. */
  certificate: z.enum(['lapsing', 'lapsed']).optional(),
  conduct: z.enum(['good', 'bad', 'disputed']).optional(),
  standing: z.enum(['working', 'left']).optional(),
  sort: practitionerSort.default('-enteredAt'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
/** See {@link practitionerFilter}. */
export type PractitionerFilter = z.output<typeof practitionerFilter>;

/** How many people one file may have. */
export const mostExported = 10_000;

const FAULTY = { status: 422, message: '有内容需要补充或改正' } as const;
const CHANGED = { status: 409, message: '这个人的信息在您打开之后已有变化，请查看最新内容后再修改' } as const;
const LEFT = { status: 409, message: '这个人已经离岗，登记的内容不能再改' } as const;
const view = practitionerView;
const edits = { source, permission: 'elv.practitioner:edit', output: view, audit: 'write' } as const;

/** All operations of people at work but imports and what is recorded of conduct. Source: tender R49, T2.10. */
export const practitionerContract = {
  list: operation({
    id: 'elv.practitioner.list',
    title: '从业人员列表',
    source,
    method: 'GET',
    path: base,
    permission: 'elv.practitioner:read',
    input: practitionerFilter,
    output: z.object({ rows: z.array(practitionerRow), total: z.int() }),
    errors: {},
    audit: 'partly',
  }),
  enterprises: operation({
    id: 'elv.practitioner.enterprises',
    title: '从业人员所在企业',
    source,
    method: 'GET',
    path: `${base}/enterprises`,
    permission: 'elv.practitioner:read',
    input: z.object({}),
    output: z.array(z.object({ id, name: z.string() })),
    errors: {},
    audit: 'none',
  }),
  summary: operation({
    id: 'elv.practitioner.summary',
    title: '从业人员待办',
    source,
    method: 'GET',
    path: `${base}/summary`,
    permission: 'elv.practitioner:read',
    input: z.object({}),
    /** Disputed records the asker may decide on; people the asker looks after whose certificates have lapsed, or soon will. */
    output: z.object({ disputed: z.int(), lapsed: z.int(), lapsing: z.int() }),
    errors: {},
    audit: 'none',
  }),
  create: operation({
    id: 'elv.practitioner.create',
    title: '登记从业人员',
    source,
    method: 'POST',
    path: base,
    permission: 'elv.practitioner:create',
    /** `values` as the fields of a person at work. */
    input: z.object({ values: typed }),
    output: one,
    errors: { FAULTY, NO_ENTERPRISE: { status: 403, message: '从业人员由所在企业登记，您的账号不属于任何企业' } },
    audit: 'write',
  }),
  get: operation({
    id: 'elv.practitioner.get',
    title: '查看从业人员',
    source,
    method: 'GET',
    path: `${base}/{id}`,
    permission: 'elv.practitioner:read',
    input: one,
    output: view,
    errors: {},
    audit: 'read',
  }),
  edit: operation({
    ...edits,
    id: 'elv.practitioner.edit',
    title: '修改从业人员',
    method: 'PUT',
    path: `${base}/{id}`,
    /** Name, identity number, phone and first day; only what is named is changed. */
    input: changing.extend({ changes: typed }),
    errors: { FAULTY, CHANGED, LEFT },
  }),
  changePost: operation({
    ...edits,
    id: 'elv.practitioner.changePost',
    title: '调整岗位',
    method: 'POST',
    path: `${base}/{id}/posts`,
    /** `from`: the first day on the new post. */
    input: changing.extend({ post, from: z.iso.date('日期应为 年-月-日') }),
    errors: { FAULTY, CHANGED, LEFT },
  }),
  leave: operation({
    ...edits,
    id: 'elv.practitioner.leave',
    title: '办理离岗',
    method: 'POST',
    path: `${base}/{id}/leave`,
    /** `on`: the last day at the enterprise. */
    input: changing.extend({ on: z.iso.date('日期应为 年-月-日') }),
    errors: { FAULTY, CHANGED, LEFT },
  }),
  addCertificate: operation({
    ...edits,
    id: 'elv.practitioner.addCertificate',
    title: '登记证书',
    method: 'POST',
    path: `${base}/{id}/certificates`,
    input: one.extend({ key: z.uuid(), values: typed }),
    errors: { FAULTY, LEFT },
  }),
  removeCertificate: operation({
    ...edits,
    id: 'elv.practitioner.removeCertificate',
    title: '作废证书登记',
    method: 'DELETE',
    path: `${base}/{id}/certificates/{certificateId}`,
    input: one.extend({ certificateId: id }),
    errors: { LEFT },
  }),
  attachCertificate: operation({
    ...edits,
    id: 'elv.practitioner.attachCertificate',
    title: '上传证书图片',
    method: 'POST',
    path: `${base}/{id}/certificates/{certificateId}/file`,
    body: 'file',
    input: one.extend({ certificateId: id }),
    errors: {
      LEFT,
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
    },
  }),
  certificateFile: operation({
    id: 'elv.practitioner.certificateFile',
    title: '查看证书图片',
    source,
    method: 'GET',
    path: `${base}/{id}/certificates/{certificateId}/file`,
    permission: 'elv.practitioner:read',
    reply: 'file',
    /** `reason` where the picture is masked to the reader, who may ask for it. */
    input: one.extend({ certificateId: id, reason: z.string().trim().max(200).optional() }),
    output: z.unknown(),
    errors: {
      MASKED: { status: 403, message: '证书图片含个人信息，请写明查看原因（至少 4 个字），或由有权限的人员查看' },
    },
    audit: 'partly',
  }),
  addTraining: operation({
    ...edits,
    id: 'elv.practitioner.addTraining',
    title: '登记培训',
    method: 'POST',
    path: `${base}/{id}/trainings`,
    input: one.extend({ key: z.uuid(), values: typed }),
    errors: { FAULTY, LEFT },
  }),
  removeTraining: operation({
    ...edits,
    id: 'elv.practitioner.removeTraining',
    title: '作废培训登记',
    method: 'DELETE',
    path: `${base}/{id}/trainings/{trainingId}`,
    input: one.extend({ trainingId: id }),
    errors: { LEFT },
  }),
  reveal: operation({
    id: 'elv.practitioner.reveal',
    title: '查看从业人员脱敏内容的明文',
    source,
    method: 'POST',
    path: `${base}/{id}/reveal`,
    permission: 'elv.practitioner:reveal',
    /** `certificateId` with the field `certificateNo` only. */
    input: one.extend({
      field: z.enum(['identityNo', 'phone', 'certificateNo']),
      certificateId: id.optional(),
      reason: z.string().trim().min(4, '请写明查看原因，至少 4 个字').max(200, '原因不超过 200 个字'),
    }),
    output: z.object({ value: z.string() }),
    errors: { NOTHING: { status: 404, message: '这一项没有内容' } },
    audit: 'write',
  }),
  exportPeople: operation({
    id: 'elv.practitioner.export',
    title: '导出从业人员列表',
    source,
    method: 'POST',
    path: '/elv/practitioner-exports',
    permission: 'elv.practitioner:export',
    input: z.object({
      filter: practitionerFilter.omit({ sort: true, page: true, size: true }),
      reason: z.string().trim().min(4, '请写明事由，不少于 4 个字').max(200, '事由不超过 200 个字'),
    }),
    output: z.object({}),
    errors: {
      NOTHING: { status: 409, message: '没有符合条件的人员，无可导出' },
      TOO_MANY: { status: 409, message: `符合条件的人员超过 ${mostExported} 名，请增加筛选条件分次导出` },
    },
    audit: 'write',
    reply: 'file',
  }),
};
