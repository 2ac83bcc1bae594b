import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import type { Source } from '#kernel/source/source.ts';
import { type Decision, decisions } from './proposal.lifecycle.ts';

const id = z.string().min(1).max(64);

/** A proposal as lists show it. */
export const proposalRow = z.object({
  id,
  kind: z.string(),
  kindTitle: z.string(),
  summary: z.string(),
  reason: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  opinion: z.string().nullable(),
  /** Steps the asking person may take now; empty with a reason where only another may. */
  actions: z.array(z.enum(decisions)),
  waitsForAnother: z.boolean(),
});
/** See {@link proposalRow}. */
export type ProposalRow = z.output<typeof proposalRow>;

/** How the proposals of one matter are called over HTTP. */
export interface ProposalPlace {
  /** The id of its lifecycle, the stem of every permission. */
  readonly id: `${string}.${string}`;
  readonly path: `/${string}`;
  /** What a proposal is called in the titles of operations. */
  readonly title: string;
  readonly source: Source;
}

/** What a decision answers. */
export const decided = z.object({ state: z.string(), version: z.int() });

const titles: Readonly<Record<Decision, string>> = { approve: '批准', refuse: '不批准', withdraw: '撤回' };

/** The operation of one decision; `output` where it answers more than how the proposal stands. */
export const decisionOf = <Out extends z.ZodType>(place: ProposalPlace, action: Decision, output: Out) =>
  operation({
    id: `${place.id}.${action}`,
    title: `${titles[action]}${place.title}`,
    source: place.source,
    method: 'POST',
    path: `${place.path}/{id}/steps/${action}`,
    permission: `${place.id}:${action}`,
    input: z.object({ id, version: z.int(), key: z.uuid(), input: z.record(z.string(), z.unknown()).default({}) }),
    output,
    errors: {
      REFUSED: { status: 422, message: '现在不能办理，请先处理列出的问题' },
      STALE: { status: 409, message: '这项申请在您打开之后已有变化，请查看最新内容后再办理' },
    },
    audit: 'write',
  });

/** The list of proposals; `row` where a matter shows more than {@link proposalRow}. */
export const proposalListOf = <Row extends z.ZodType>(place: ProposalPlace, row: Row) =>
  operation({
    id: `${place.id}.list`,
    title: `${place.title}列表`,
    source: place.source,
    method: 'GET',
    path: place.path,
    permission: `${place.id}:read`,
    input: z.object({
      open: z.stringbool().optional(),
      page: z.coerce.number().int().min(1).max(100_000).default(1),
      size: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ rows: z.array(row), total: z.int() }),
    errors: {},
    audit: 'none',
  });
