import { z } from 'zod';
import { shownDetailView } from './entry-detail.ts';

/** Classes of the log. */
export const entryKind = z.enum(['operation', 'system', 'security', 'interface']);
/** How what was told of ended. */
export const entryOutcome = z.enum(['done', 'refused', 'failed', 'unknown']);

/** The classes and outcomes in words. */
export const kindTitles = { operation: '操作', system: '系统', security: '安全', interface: '接口' } as const;
/** See {@link kindTitles}. */
export const outcomeTitles = { done: '成功', refused: '拒绝', failed: '失败', unknown: '不能确定' } as const;

/** Entries of one page, and how far a count goes before it says “more”. */
export const pageSize = 50;
/** See {@link pageSize}. */
export const countedUpTo = 10_000;

const term = (most: number) => z.string().trim().min(1).max(most).optional();

/** By what the log is searched; each is optional, together they narrow. Source: tender R45. */
export const entryFilter = z.object({
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  kind: entryKind.optional(),
  action: term(120),
  /** User name, name or id of the person. */
  actor: term(80),
  /** Name, credit code or id of the organisation. */
  organisation: term(120),
  /** Id of the matter it is about. */
  object: term(64),
  outcome: entryOutcome.optional(),
  ip: term(64),
  trace: term(64),
});
/** See {@link entryFilter}. */
export type EntryFilter = z.output<typeof entryFilter>;

/** A line of the log. */
export const entryRow = z.object({
  chain: z.string(),
  seq: z.int(),
  at: z.iso.datetime(),
  kind: entryKind,
  action: z.string(),
  actionTitle: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  organisationName: z.string().nullable(),
  ip: z.string(),
  objectType: z.string().nullable(),
  aboutId: z.string().nullable(),
  outcome: entryOutcome,
  traceId: z.string(),
});
/** See {@link entryRow}. */
export type EntryRow = z.output<typeof entryRow>;

/** An entry in full. */
export const entryView = entryRow.extend({
  agent: z.string().nullable(),
  /** As it is digested. */
  detail: z.record(z.string(), z.unknown()),
  /** The same in words. */
  shown: shownDetailView,
  prev: z.string(),
  digest: z.string(),
});
/** See {@link entryView}. */
export type EntryView = z.output<typeof entryView>;

/** What is proven of a chain. */
export const chainProof = z.object({
  intact: z.boolean(),
  entries: z.int(),
  sealedTo: z.int(),
  lastSeal: z.object({ number: z.int(), at: z.iso.datetime(), keyId: z.string() }).nullable(),
  /** What is wrong, in words; empty when nothing is. */
  findings: z.array(z.string()),
});
/** See {@link chainProof}. */
export type ChainProofView = z.output<typeof chainProof>;

/** An alert. `own`: it is about the person who looks, so another must handle it. */
export const alertView = z.object({
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  level: z.enum(['high', 'medium']),
  aboutName: z.string(),
  words: z.string(),
  count: z.int(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  raisedAt: z.iso.datetime(),
  state: z.enum(['open', 'handled']),
  handledBy: z.string().nullable(),
  handledAt: z.iso.datetime().nullable(),
  opinion: z.string().nullable(),
  own: z.boolean(),
  /** The search that shows what it is about. */
  search: entryFilter,
});
/** See {@link alertView}. */
export type AlertView = z.output<typeof alertView>;

/** A number the auditor may set. */
export const settingView = z.object({
  setting: z.string(),
  title: z.string(),
  unit: z.string(),
  fallback: z.int(),
  least: z.int(),
  most: z.int(),
  value: z.int().nullable(),
  source: z.string(),
  rule: z.string().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
/** See {@link settingView}. */
export type SettingView = z.output<typeof settingView>;

/** What an archive may hold. */
export const archiveKind = z.enum(['all', ...entryKind.options]);

/** An archive that was made. */
export const archiveView = z.object({
  id: z.string(),
  month: z.string(),
  kind: archiveKind,
  fromSeal: z.int(),
  toSeal: z.int(),
  entries: z.int(),
  bytes: z.int(),
  sm3: z.string(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  removed: z.boolean(),
});
/** See {@link archiveView}. */
export type ArchiveView = z.output<typeof archiveView>;

/** How sealing stands. */
export const sealView = z.object({
  last: z.object({ number: z.int(), at: z.iso.datetime() }).nullable(),
  waiting: z.int(),
  fingerprints: z.array(z.string()),
  /** Months that are over and in which something was sealed, newest first. */
  months: z.array(z.string()),
  archives: z.array(archiveView),
});
