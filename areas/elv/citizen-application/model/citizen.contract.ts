import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { rule, tender } from '#kernel/source/source.ts';
import { ownApplicationRow, ownApplicationView } from './citizen.views.ts';
import { realNameLevels } from './real-name.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });
const permission = 'elv.citizen-application:apply';
/** Citizens come in by a door of their own: their session opens nothing else, and no account opens this. */
const door = 'citizen';

const me = z.object({
  /** As the one-stop service knows them; shown to themselves alone. */
  name: z.string(),
  identityNo: z.string(),
  level: z.enum(realNameLevels),
  levelTitle: z.string(),
});

const vehicle = z.object({ vin: z.string(), plateNo: z.string(), brandModel: z.string().nullable() });

/** What a signed-out browser, and a signed-in citizen, may do. Source: tender R62. */
export const citizenContract = {
  begin: operation({
    id: 'elv.citizen.begin',
    title: '前往一网通办登录',
    source: tender(62),
    method: 'POST',
    path: '/elv/citizen/sign-in/begin',
    door,
    permission: 'public',
    input: z.object({}),
    /** The ticket stays in this tab: a return that it did not begin finds none. `demo`: whom one may be is told. */
    output: z.object({ address: z.string(), ticket: z.string(), demo: z.boolean() }),
    errors: {},
    audit: 'none',
  }),
  finish: operation({
    id: 'elv.citizen.finish',
    title: '一网通办登录返回',
    source: tender(62),
    method: 'POST',
    path: '/elv/citizen/sign-in/finish',
    door,
    permission: 'public',
    input: z.object({
      ticket: z.string().min(1).max(4_000),
      code: z.string().min(1).max(200),
      state: z.string().min(1).max(500),
    }),
    output: me,
    errors: {
      TICKET_GONE: { status: 403, message: '这次登录已用过、已过期，或不是从本页开始的，请重新登录' },
      SIGN_IN_REFUSED: { status: 403, message: '一网通办没有确认这次登录，请重新登录' },
      LEVEL_TOO_LOW: { status: 403, message: '实名级别不足，请先在一网通办完成更高级别的实名认证' },
      NOT_RESIDENT_CARD: {
        status: 403,
        message: '您在一网通办登记的证件不是居民身份证，网上暂不能办理报废申请，请持有效证件到回收企业窗口办理',
      },
      UNREACHABLE: { status: 503, message: '一网通办暂时没有应答，请稍后重新登录' },
    },
    audit: 'write',
  }),
  me: operation({
    id: 'elv.citizen.me',
    title: '本人信息',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen/me',
    door,
    permission: 'signed-in',
    input: z.object({}),
    output: me,
    errors: {},
    audit: 'none',
  }),
  signOut: operation({
    id: 'elv.citizen.signOut',
    title: '个人退出登录',
    source: tender(62),
    method: 'DELETE',
    path: '/elv/citizen/session',
    door,
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({ done: z.literal(true) }),
    errors: {},
    audit: 'write',
  }),
  vehicles: operation({
    id: 'elv.citizen.vehicles',
    title: '本人名下车辆',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen/vehicles',
    door,
    permission,
    input: z.object({}),
    output: z.object({ vehicles: z.array(vehicle) }),
    errors: { UNREACHABLE: { status: 503, message: '一网通办暂时没有应答，查不到名下车辆；可以拍行驶证代替' } },
    audit: 'read',
  }),
  enterprises: operation({
    id: 'elv.citizen.enterprises',
    title: '可以选择的回收企业',
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第八条'),
    method: 'GET',
    path: '/elv/citizen/enterprises',
    door,
    permission,
    input: z.object({}),
    /** All that may accept vehicles now, in the order of the day, which favours nobody. */
    output: z.object({
      day: z.iso.date(),
      order: z.string(),
      enterprises: z.array(z.object({ id: z.string(), name: z.string(), district: z.string() })),
    }),
    errors: {},
    audit: 'none',
  }),
  list: operation({
    id: 'elv.citizen.list',
    title: '本人的申请',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen/applications',
    door,
    permission,
    input: z.object({}),
    output: z.object({ applications: z.array(ownApplicationRow) }),
    errors: {},
    audit: 'none',
  }),
  open: operation({
    id: 'elv.citizen.open',
    title: '开始申请',
    source: tender(62),
    method: 'POST',
    path: '/elv/citizen/applications',
    door,
    permission,
    /** The same key opens one application, ever. `vin`: one of one's own vehicles; without it the licence is photographed. */
    input: z.object({ key: z.uuid(), vin: z.string().min(1).max(30).optional() }),
    output: ownApplicationView,
    errors: {
      UNREACHABLE: { status: 503, message: '一网通办暂时没有应答，请稍后再试；也可以拍行驶证' },
      NOT_YOURS: { status: 422, message: '名下没有这辆车，请重新选择' },
      ALREADY_APPLIED: { status: 409, message: '这辆车您已有办理中的申请，请在“我的申请”里打开' },
      TOO_MANY: { status: 429, message: '未提交的申请太多，请先提交或撤回已有的申请' },
      TOO_MANY_TODAY: { status: 429, message: '今天开始的申请已达 20 份，请明天再申请，或到回收企业窗口办理' },
    },
    audit: 'write',
  }),
  get: operation({
    id: 'elv.citizen.get',
    title: '查看本人的申请',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen/applications/{id}',
    door,
    permission,
    input: one,
    output: ownApplicationView,
    errors: {},
    audit: 'none',
  }),
  save: operation({
    id: 'elv.citizen.save',
    title: '保存本人的申请',
    source: tender(62),
    method: 'PUT',
    path: '/elv/citizen/applications/{id}',
    door,
    permission,
    /** What was changed, and nothing else; of a field saved twice the later stands. */
    input: one.extend({
      as: z.enum(['owner', 'agent']).optional(),
      values: z.record(z.string().max(60), z.union([z.string().max(2_000), z.boolean(), z.null()])).optional(),
      enterpriseId: id.optional(),
    }),
    output: ownApplicationView,
    errors: {
      NOT_EDITABLE: { status: 409, message: '申请已提交，不能再修改；需要修改的请先撤回' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
      ALREADY_APPLIED: { status: 409, message: '这辆车您已有办理中的申请，请在“我的申请”里打开' },
      NOT_QUALIFIED: { status: 422, message: '这家企业现在不能接收车辆，请从列表中另选一家' },
    },
    audit: 'write',
  }),
  addPhoto: operation({
    id: 'elv.citizen.addPhoto',
    title: '上传本人申请的材料',
    source: tender(62),
    method: 'POST',
    path: '/elv/citizen/applications/{id}/photos/{part}',
    door,
    permission,
    body: 'file',
    input: one.extend({ part: z.string().max(60), key: z.uuid() }),
    output: ownApplicationView,
    errors: {
      NOT_EDITABLE: { status: 409, message: '申请已提交，不能再上传材料' },
      UNKNOWN_PART: { status: 422, message: '没有这个材料位置' },
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
      TOO_MANY: {
        status: 422,
        message: '这份申请上传过的照片（含已移除的）已达 60 张，不能再上传；请撤回后重新申请，或到回收企业窗口办理',
      },
    },
    audit: 'write',
  }),
  removePhoto: operation({
    id: 'elv.citizen.removePhoto',
    title: '移除本人申请的材料',
    source: tender(62),
    method: 'DELETE',
    path: '/elv/citizen/applications/{id}/photos/{photoId}',
    door,
    permission,
    input: one.extend({ photoId: id }),
    output: ownApplicationView,
    errors: { NOT_EDITABLE: { status: 409, message: '申请已提交，不能再移除材料' } },
    audit: 'write',
  }),
  photoContent: operation({
    id: 'elv.citizen.photoContent',
    title: '查看本人申请的材料',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen/applications/{id}/photos/{photoId}/content',
    door,
    permission,
    reply: 'file',
    input: one.extend({ photoId: id }),
    output: z.unknown(),
    errors: {},
    audit: 'none',
  }),
  readPhoto: operation({
    id: 'elv.citizen.readPhoto',
    title: '识别本人上传的行驶证',
    source: tender(1, 62),
    method: 'POST',
    path: '/elv/citizen/applications/{id}/photos/{photoId}/read',
    door,
    permission,
    input: one.extend({ photoId: id }),
    /** What was read fills what is still empty; what was typed stays. */
    output: ownApplicationView.extend({ read: z.int(), message: z.string().nullable() }),
    errors: {
      NOT_EDITABLE: { status: 409, message: '申请已提交，不能再识别' },
      ALREADY_APPLIED: { status: 409, message: '这辆车您已有办理中的申请，请在“我的申请”里打开' },
      READING: { status: 429, message: '您的另一张照片正在识别，请等识别完再试' },
      NOT_READABLE: { status: 422, message: '这张照片不是能识别的证件' },
    },
    audit: 'write',
  }),
};

const stepErrors = {
  REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '申请在您打开之后已有变化，请查看最新内容' },
} as const;

const step = (action: 'submit' | 'recall', title: string) =>
  operation({
    id: `elv.citizen-application.${action}`,
    title,
    source: tender(62),
    method: 'POST',
    path: `/elv/citizen/applications/{id}/steps/${action}`,
    door,
    permission: `elv.citizen-application:${action}`,
    /** The same version sent again, however often and by whatever tap, is the same step and gets the same answer. */
    input: one.extend({ version: z.int(), input: z.record(z.string(), z.unknown()).default({}) }),
    output: ownApplicationView,
    errors: stepErrors,
    audit: 'write',
  });

/** What an applicant does to an application; named as the actions of the lifecycle. Source: tender R62. */
export const citizenStepContract = {
  submit: step('submit', '个人报废申请：提交申请'),
  recall: step('recall', '个人报废申请：撤回申请'),
};
