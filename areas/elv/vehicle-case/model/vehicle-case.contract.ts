import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { rule, tender } from '#kernel/source/source.ts';
import { caseRow, caseView, holdCode, markCode, photoView, sectionIds, sectionView } from './vehicle-case.views.ts';

const id = z.string().min(1).max(64);
const instant = z.string();
const caseInput = z.object({ id });

/** Orders a list can be asked for; a leading minus is descending. */
export const caseSort = z.enum(['-stateSince', 'stateSince', '-openedAt', 'openedAt', 'deadlineAt']);

const manyOf = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(one).max(40).optional(),
  );

/** Filters of a list of cases; all of them live in the page's address. */
export const caseFilter = z.object({
  /** Plate, VIN, case number or owner name; at least two characters. */
  q: z.string().trim().max(60).optional(),
  state: manyOf(z.string().max(40)),
  mark: manyOf(markCode),
  enterpriseId: id.optional(),
  districtCode: z.string().length(6).optional(),
  overdue: z.stringbool().optional(),
  /** Only cases that are held by this. */
  held: holdCode.optional(),
  /** Only cases in which the asking user can act now. */
  mine: z.stringbool().optional(),
  sort: caseSort.default('-stateSince'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** All operations of the vehicle case but its lifecycle steps, which are derived from the definition. Source: tender R01–R07, R14, R57, R60. */
export const vehicleCaseContract = {
  list: operation({
    id: 'elv.vehicle-case.list',
    title: '案卷列表',
    source: tender(1, 2, 14),
    method: 'GET',
    path: '/elv/vehicle-cases',
    permission: 'elv.vehicle-case:read',
    input: caseFilter,
    output: z.object({ rows: z.array(caseRow), total: z.int() }),
    errors: {},
    audit: 'partly',
  }),
  summary: operation({
    id: 'elv.vehicle-case.summary',
    title: '我的工作',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/summary',
    permission: 'elv.vehicle-case:read',
    input: z.object({}),
    output: z.object({
      /** What waits for the asking user, by state, most overdue first. */
      mine: z.array(
        z.object({
          state: z.string(),
          title: z.string(),
          count: z.int(),
          overdue: z.int(),
          oldest: instant.nullable(),
        }),
      ),
      states: z.array(
        z.object({ state: z.string(), title: z.string(), kind: z.enum(['work', 'wait', 'final']), count: z.int() }),
      ),
      /** How many cases are held, and by what. */
      held: z.array(z.object({ code: holdCode, title: z.string(), count: z.int() })),
      needsPerson: z.int(),
    }),
    errors: {},
    audit: 'none',
  }),
  enterprises: operation({
    id: 'elv.vehicle-case.enterprises',
    title: '回收企业',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/enterprises',
    permission: 'elv.vehicle-case:read',
    input: z.object({}),
    output: z.array(z.object({ id, name: z.string() })),
    errors: {},
    audit: 'none',
  }),
  open: operation({
    id: 'elv.vehicle-case.open',
    title: '新建受理',
    source: tender(1),
    method: 'POST',
    path: '/elv/vehicle-cases',
    permission: 'elv.vehicle-case:open',
    /** `key` makes a repeated click answer with the first case. */
    input: z.object({ key: z.uuid(), registeredWithPolice: z.boolean().default(true) }),
    output: z.object({ id, caseNo: z.string() }),
    errors: { NOT_ACCEPTING: { status: 409, message: '企业现在不能新受理车辆' } },
    audit: 'write',
  }),
  get: operation({
    id: 'elv.vehicle-case.get',
    title: '查看案卷',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}',
    permission: 'elv.vehicle-case:read',
    input: caseInput,
    output: caseView,
    errors: {},
    audit: 'read',
  }),
  saveSection: operation({
    id: 'elv.vehicle-case.saveSection',
    title: '保存填写内容',
    source: tender(1, 3, 4, 7),
    method: 'PUT',
    path: '/elv/vehicle-cases/{id}/sections/{section}',
    permission: 'elv.vehicle-case:edit',
    /** Each change tells what stood there when the person began, so that only true conflicts are refused. */
    input: caseInput.extend({
      section: z.enum(sectionIds),
      changes: z.record(z.string().max(60), z.object({ was: z.unknown(), now: z.unknown() })),
    }),
    output: z.object({
      version: z.int(),
      values: z.record(z.string(), z.unknown()),
      faults: sectionView.shape.faults,
      warnings: sectionView.shape.warnings,
    }),
    errors: {
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能修改这部分内容' },
      CONFLICT: { status: 409, message: '这些内容刚被他人修改，请对照后决定保留哪一个' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
    },
    audit: 'write',
  }),
  addPhoto: operation({
    id: 'elv.vehicle-case.addPhoto',
    title: '上传照片',
    source: tender(1, 3, 4, 7),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/photos/{part}',
    permission: 'elv.vehicle-case:edit',
    body: 'file',
    input: caseInput.extend({
      part: z.string().max(60),
      /** Chosen by the sender, the same again for a repeated upload of the same photograph. */
      key: z.uuid(),
      deviceTime: z.iso.datetime({ offset: true }).optional(),
      place: z.string().max(120).optional(),
      /** Who took it, where the sender knows: then nobody else's session may bring it. */
      takenBy: id.optional(),
      /** Not to take the place of a photograph that was taken later than this one: whoever sends it is asked first. */
      unlessNewer: z.literal('true').optional(),
    }),
    output: photoView,
    errors: {
      SOMEBODY_ELSE: { status: 409, message: '这张照片由其他人拍摄，须由拍摄人本人登录后上传' },
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能上传这张照片' },
      NEWER_THERE: { status: 409, message: '这个位置已有拍摄时间更晚的照片，请确认用哪一张' },
      UNKNOWN_PART: { status: 422, message: '没有这个照片位置' },
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
    },
    audit: 'write',
  }),
  removePhoto: operation({
    id: 'elv.vehicle-case.removePhoto',
    title: '移除照片',
    source: tender(1, 3, 4, 7),
    method: 'DELETE',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}',
    permission: 'elv.vehicle-case:edit',
    input: caseInput.extend({ photoId: id }),
    output: z.object({ version: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能移除这张照片' } },
    audit: 'write',
  }),
  photoContent: operation({
    id: 'elv.vehicle-case.photoContent',
    title: '查看照片',
    source: tender(1, 3, 4, 7),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}/content',
    permission: 'elv.vehicle-case:read',
    reply: 'file',
    input: caseInput.extend({
      photoId: id,
      /** As a small picture, where there is one; else the file itself. */
      small: z.literal('true').optional(),
    }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '这张照片是含个人信息的证件，您的角色只能看脱敏后的内容' } },
    audit: 'partly',
  }),
  reveal: operation({
    id: 'elv.vehicle-case.reveal',
    title: '查看脱敏内容的明文',
    source: tender(44),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/reveal',
    permission: 'elv.vehicle-case:reveal',
    input: caseInput.extend({
      section: z.enum(sectionIds),
      field: z.string().min(1).max(60),
      reason: z.string().trim().min(4, '请写明查看原因，至少 4 个字').max(200, '原因不超过 200 个字'),
    }),
    output: z.object({ value: z.string() }),
    errors: {
      NOTHING: { status: 404, message: '这一项没有内容' },
      HIDDEN: { status: 403, message: '这一项对您的角色不可见' },
    },
    audit: 'write',
  }),
  readPhoto: operation({
    id: 'elv.vehicle-case.readPhoto',
    title: '识别证件',
    source: tender(1),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}/reading',
    permission: 'elv.vehicle-case:edit',
    input: caseInput.extend({ photoId: id }),
    output: photoView.shape.ocr,
    errors: {
      NOT_READABLE: { status: 422, message: '这种照片不需要识别' },
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能再识别填写' },
    },
    audit: 'write',
  }),
  /** Live state of what is going on outside and in OCR: cheap, polled by an open case page. */
  pulse: operation({
    id: 'elv.vehicle-case.pulse',
    title: '案卷动态',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/pulse',
    permission: 'elv.vehicle-case:read',
    input: caseInput,
    /** `mark` changes whenever anything the case page shows has changed. */
    output: z.object({
      version: z.int(),
      mark: z.string(),
      ocr: z.array(z.object({ photoId: id, status: photoView.shape.ocr.shape.status, progress: z.number() })),
    }),
    errors: {},
    audit: 'none',
  }),
  recheck: operation({
    id: 'elv.vehicle-case.recheck',
    title: '重新核验',
    source: tender(1, 60),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/recheck',
    permission: 'elv.vehicle-case:edit',
    input: caseInput,
    output: z.object({ asked: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '案卷已办结，不再核验' } },
    audit: 'write',
  }),
  retryExchange: operation({
    id: 'elv.vehicle-case.retryExchange',
    title: '重新发送',
    source: tender(57, 60),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/exchanges/{exchangeId}/retry',
    permission: 'elv.vehicle-case:retry',
    input: caseInput.extend({ exchangeId: id }),
    output: z.object({ done: z.literal(true) }),
    errors: { NOT_WAITING: { status: 409, message: '这条往来已有结果，不需要重发' } },
    audit: 'write',
  }),
  certificatePdf: operation({
    id: 'elv.vehicle-case.certificatePdf',
    title: '打印回收证明',
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第九条'),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/certificate.pdf',
    permission: 'elv.vehicle-case:printCertificate',
    reply: 'file',
    input: caseInput.extend({ copies: z.enum(['all', 'owner']).default('all') }),
    output: z.unknown(),
    errors: {
      NOT_ISSUED: { status: 409, message: '回收证明尚未出具，取得证明编号后才能打印' },
      IN_QUESTION: { status: 409, message: '车辆身份正在更正，原回收证明不能再打印；更正完成后会重新出具' },
      MASKED: { status: 403, message: '回收证明含车主个人信息的明文，您的角色只能看脱敏后的内容，不能打印' },
    },
    audit: 'read',
  }),
};
