import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { exchangeView } from '../../vehicle-case/model/vehicle-case.views.ts';
import { citizenApplication, seenStates } from './citizen-application.lifecycle.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });

/** A line of the list. */
export const citizenApplicationRow = z.object({
  id,
  applicationNo: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  plateNo: z.string().nullable(),
  plateTypeCode: z.string().nullable(),
  vin: z.string().nullable(),
  brandModel: z.string().nullable(),
  byAgent: z.boolean(),
  /** The chosen enterprise while it must answer, or has taken it. */
  enterpriseName: z.string().nullable(),
  stateSince: z.iso.datetime(),
  deadlineAt: z.iso.datetime().nullable(),
  workingDaysLeft: z.int().nullable(),
  overdue: z.boolean(),
  caseNo: z.string().nullable(),
});
/** See {@link citizenApplicationRow}. */
export type CitizenApplicationRow = z.output<typeof citizenApplicationRow>;

const section = z.object({
  id: z.enum(['papers', 'owner', 'agent']),
  title: z.string(),
  lines: z.array(z.object({ title: z.string(), text: z.string() })),
});

/** An application as the desk sees it: the chosen enterprise, and who supervises. */
export const citizenApplicationView = citizenApplicationRow.extend({
  version: z.int(),
  sections: z.array(section),
  photos: z.array(
    z.object({
      id: z.string(),
      part: z.string(),
      title: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      uploadedAt: z.iso.datetime(),
      viewable: z.boolean(),
    }),
  ),
  /** Why the last enterprise did not take it. */
  declineReason: z.string().nullable(),
  consents: z.array(z.object({ title: z.string(), version: z.int(), at: z.iso.datetime() })),
  /** The case it was taken into; null while there is none. */
  caseId: z.string().nullable(),
  exchanges: z.array(exchangeView),
  abilities: z.array(z.object({ action: z.enum(['accept', 'decline']), title: z.string(), consequence: z.string() })),
});
/** See {@link citizenApplicationView}. */
export type CitizenApplicationView = z.output<typeof citizenApplicationView>;

/** Filters of the list; all of them live in the page's address. */
export const citizenApplicationFilter = z.object({
  /** The beginning of a plate, a VIN or an application's number; at least two characters. */
  q: z.string().trim().max(60).optional(),
  state: z.enum(seenStates).optional(),
  enterpriseId: z.string().min(1).max(40).optional(),
  /** In its state for so many days at least. */
  waitedDays: z.coerce.number().int().min(1).max(365).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** A list is counted no further than this. */
export const countedUpTo = 10_000;

const read = 'elv.citizen-application:read';

/** What the chosen enterprise reads of its own, and who supervises of all within their rows. Source: tender R44, R62. */
export const citizenApplicationContract = {
  list: operation({
    id: 'elv.citizen-application.list',
    title: '个人申请列表',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen-applications',
    permission: read,
    input: citizenApplicationFilter,
    /** `more`: there are more than `total`, which is where counting ends. */
    output: z.object({ rows: z.array(citizenApplicationRow), total: z.int(), more: z.boolean() }),
    errors: {},
    audit: 'partly',
  }),
  summary: operation({
    id: 'elv.citizen-application.summary',
    title: '待接收的个人申请数',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen-applications/summary',
    permission: read,
    input: z.object({}),
    output: z.object({ waiting: z.int(), overdue: z.int() }),
    errors: {},
    audit: 'none',
  }),
  enterprises: operation({
    id: 'elv.citizen-application.enterprises',
    title: '可查看其个人申请的回收企业',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen-applications/enterprises',
    permission: read,
    input: z.object({}),
    output: z.array(z.object({ id, name: z.string() })),
    errors: {},
    audit: 'none',
  }),
  get: operation({
    id: 'elv.citizen-application.get',
    title: '查看个人申请',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen-applications/{id}',
    permission: read,
    input: one,
    output: citizenApplicationView,
    errors: {},
    audit: 'read',
  }),
  photoContent: operation({
    id: 'elv.citizen-application.photoContent',
    title: '查看个人申请的材料',
    source: tender(62),
    method: 'GET',
    path: '/elv/citizen-applications/{id}/photos/{photoId}/content',
    permission: read,
    reply: 'file',
    input: one.extend({ photoId: id }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '这张照片含个人信息，您的角色只能看脱敏后的内容' } },
    audit: 'read',
  }),
};

const step = (action: 'accept' | 'decline') =>
  operation({
    id: `elv.citizen-application.${action}`,
    title: `个人报废申请：${citizenApplication.actions[action].title}`,
    source: citizenApplication.actions[action].source,
    method: 'POST',
    path: `/elv/citizen-applications/{id}/steps/${action}`,
    permission: `elv.citizen-application:${action}`,
    input: one.extend({
      version: z.int(),
      /** The same again for a repeated send of the same click: the first result is answered. */
      key: z.uuid(),
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    output: z.object({ state: z.string(), stateTitle: z.string(), version: z.int(), caseId: id.nullable() }),
    errors: {
      REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
      STALE: { status: 409, message: '申请在您打开之后已有变化，请查看最新内容后再办理' },
    },
    audit: 'write',
  });

/** What the enterprise does; action, permission, route and button share a name. Source: tender R62. */
export const citizenApplicationSteps = { accept: step('accept'), decline: step('decline') };
