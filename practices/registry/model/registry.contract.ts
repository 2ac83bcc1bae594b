import { z } from 'zod';
import { operation, type Permission } from '#kernel/contract/operation.ts';
import type { Source } from '#kernel/source/source.ts';
import type { RegistryProfile } from './profile.ts';
import { entryNote, entryRow, entryView, fileView } from './registry.views.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });

/** Orders a registry can be asked for; a leading minus is descending. */
export const entrySort = z.enum(['-stateSince', 'stateSince', 'validUntil', '-validUntil']);

const manyOf = <T extends z.ZodType>(member: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(member).max(40).optional(),
  );

/** Filters of a registry; all of them live in the page's address. */
export const entryFilter = z.object({
  /** Name or credit code of the organisation, the number's beginning, or a whole phone number; at least two characters. */
  q: z.string().trim().max(60).optional(),
  state: manyOf(z.string().max(40)),
  district: z.string().max(6).optional(),
  /** Whether the paper an entry in the registry rests on lapses soon, or has lapsed. */
  validity: z.enum(['lapsing', 'lapsed']).optional(),
  inRegistry: z.stringbool().optional(),
  overdue: z.stringbool().optional(),
  mine: z.stringbool().optional(),
  sort: entrySort.default('-stateSince'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** What waits, and how the registry stands. */
const summaryView = z.object({
  /** Matters that wait for the asking user, each a filter of the list. */
  mine: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      count: z.int(),
      overdue: z.int(),
      oldest: z.string().nullable(),
    }),
  ),
  states: z.array(z.object({ state: z.string(), title: z.string(), count: z.int() })),
  /** The asking user's own enterprise may declare itself and has not. */
  undeclared: z.boolean(),
  /** The entry of the asking user's own enterprise. */
  ownEntryId: id.nullable(),
  /** What that entry must tell them. */
  ownNotes: z.array(entryNote),
});

/** See {@link summaryView}. */
export type RegistrySummary = z.output<typeof summaryView>;

type Common = { readonly source: Source; readonly permission: Permission };
type Verb = (verb: string) => Common;

const readings = (profile: RegistryProfile, held: Verb) => ({
  list: operation({
    ...held('read'),
    id: `${profile.id}.list`,
    title: `${profile.title}列表`,
    method: 'GET',
    path: profile.path,
    input: entryFilter,
    output: z.object({ rows: z.array(entryRow), total: z.int() }),
    errors: {},
    audit: 'partly',
  }),
  summary: operation({
    ...held('read'),
    id: `${profile.id}.summary`,
    title: `${profile.title}待办`,
    method: 'GET',
    path: `${profile.path}/summary`,
    input: z.object({}),
    output: summaryView,
    errors: {},
    audit: 'none',
  }),
  get: operation({
    ...held('read'),
    id: `${profile.id}.get`,
    title: `查看${profile.subject}登记信息`,
    method: 'GET',
    path: `${profile.path}/{id}`,
    input: one,
    output: entryView,
    errors: {},
    audit: 'read',
  }),
  /** Live state of an open entry: cheap, polled by its page. */
  pulse: operation({
    ...held('read'),
    id: `${profile.id}.pulse`,
    title: '登记信息动态',
    method: 'GET',
    path: `${profile.path}/{id}/pulse`,
    input: one,
    /** `mark` changes whenever anything the page shows has changed. */
    output: z.object({ version: z.int(), mark: z.string() }),
    errors: {},
    audit: 'none',
  }),
  fileContent: operation({
    ...held('read'),
    id: `${profile.id}.fileContent`,
    title: '查看登记附件',
    method: 'GET',
    path: `${profile.path}/{id}/files/{fileId}/content`,
    reply: 'file',
    input: one.extend({ fileId: id }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '这份附件含个人信息，您的角色只能看脱敏后的内容' } },
    audit: 'partly',
  }),
  reveal: operation({
    ...held('reveal'),
    id: `${profile.id}.reveal`,
    title: '查看登记信息中脱敏内容的明文',
    method: 'POST',
    path: `${profile.path}/{id}/reveal`,
    input: one.extend({
      section: z.string().min(1).max(60),
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
});

const fillings = (profile: RegistryProfile, held: Verb) => ({
  open: operation({
    ...held('declare'),
    id: `${profile.id}.open`,
    title: `申报${profile.title}`,
    method: 'POST',
    path: profile.path,
    input: z.object({}),
    /** An enterprise has one entry: asked again, the same is answered. */
    output: z.object({ id }),
    errors: { WRONG_KIND: { status: 403, message: `您的单位不是${profile.subject}，不能申报` } },
    audit: 'write',
  }),
  saveSection: operation({
    ...held('edit'),
    id: `${profile.id}.saveSection`,
    title: '保存登记信息',
    method: 'PUT',
    path: `${profile.path}/{id}/sections/{section}`,
    /** Each change tells what stood there when the person began, so that only true conflicts are refused. */
    input: one.extend({
      section: z.string().min(1).max(60),
      changes: z.record(z.string().max(60), z.object({ was: z.unknown(), now: z.unknown() })),
    }),
    output: z.object({
      version: z.int(),
      values: z.record(z.string(), z.unknown()),
      faults: z.array(z.object({ field: z.string(), message: z.string() })),
    }),
    errors: {
      NOT_EDITABLE: { status: 409, message: '登记信息现在的状态不能修改' },
      CONFLICT: { status: 409, message: '这些内容刚被他人修改，请对照后决定保留哪一个' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
    },
    audit: 'write',
  }),
  addFile: operation({
    ...held('edit'),
    id: `${profile.id}.addFile`,
    title: '上传登记附件',
    method: 'POST',
    path: `${profile.path}/{id}/files/{part}`,
    body: 'file',
    input: one.extend({ part: z.string().max(60), key: z.uuid() }),
    output: fileView,
    errors: {
      NOT_EDITABLE: { status: 409, message: '登记信息现在的状态不能上传附件' },
      UNKNOWN_PART: { status: 422, message: '没有这个附件位置' },
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
    },
    audit: 'write',
  }),
  removeFile: operation({
    ...held('edit'),
    id: `${profile.id}.removeFile`,
    title: '移除登记附件',
    method: 'DELETE',
    path: `${profile.path}/{id}/files/{fileId}`,
    input: one.extend({ fileId: id }),
    output: z.object({ version: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '登记信息现在的状态不能移除附件' } },
    audit: 'write',
  }),
  recheck: operation({
    ...held('recheck'),
    id: `${profile.id}.recheck`,
    title: '重新核验法人信息',
    method: 'POST',
    path: `${profile.path}/{id}/recheck`,
    input: one,
    output: z.object({ asked: z.boolean() }),
    errors: { WAITING: { status: 409, message: '正在等待应答，不需要重复询问' } },
    audit: 'write',
  }),
});

/** All operations on the entries of a registry but its lifecycle steps and its import. Source: tender R49. */
export const registryContract = (profile: RegistryProfile) => {
  const held: Verb = (verb) => ({ source: profile.source, permission: `${profile.id}:${verb}` });
  return { ...readings(profile, held), ...fillings(profile, held) };
};

/** See {@link registryContract}. */
export type RegistryContract = ReturnType<typeof registryContract>;
