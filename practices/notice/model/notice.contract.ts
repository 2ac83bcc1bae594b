import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { channels, deliveryState } from './channel.ts';

const moment = z.iso.datetime();

/** A notice as its recipient reads it. */
const noticeView = z.object({
  id: z.string(),
  group: z.string(),
  groupTitle: z.string(),
  title: z.string(),
  text: z.string(),
  /** What it is about. */
  matter: z.object({ type: z.string(), id: z.string() }),
  raisedAt: moment,
  readAt: moment.nullable(),
  /** How it stands with what left the house of it. */
  deliveries: z.array(
    z.object({ channel: z.enum(channels), state: deliveryState, reason: z.string().nullable(), at: moment }),
  ),
});
/** See {@link noticeView}. */
export type NoticeView = z.output<typeof noticeView>;

/** What the list may be asked for. */
export const noticeFilter = z.object({
  unread: z
    .literal('true')
    .transform(() => true as const)
    .optional(),
  group: z.string().max(60).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** What a person may choose for a group of kinds. */
const groupChoice = z.object({
  id: z.string(),
  title: z.string(),
  ways: z.array(
    z.object({
      channel: z.enum(channels),
      wanted: z.boolean(),
      /** Whether some of the group takes this way whatever is chosen. */
      bound: z.boolean(),
    }),
  ),
});
/** See {@link groupChoice}. */
export type GroupChoice = z.output<typeof groupChoice>;

/** What a person may choose, and where they would be reached; masked, null where the account says nothing. */
const choices = z.object({
  addresses: z.object({ sms: z.string().nullable(), mail: z.string().nullable() }),
  groups: z.array(groupChoice),
});

/** Counting ends here: whoever has more is shown so. */
export const mostCounted = 99;

/** `unread`: how many the person has not read, at most one more than {@link mostCounted}. */
const standing = z.object({ unread: z.number() });

// Everybody signed in has notices of their own; there is nothing to be permitted, and nobody else's can be named.
const own = { source: tender(13, 49), permission: 'signed-in', audit: 'none' } as const;

/** A person's own notices: there are no others to ask for. Source: tender R13, R49. */
export const noticeContract = {
  list: operation({
    ...own,
    id: 'notice.list',
    title: '查看消息',
    method: 'GET',
    path: '/notices',
    input: noticeFilter,
    output: z.object({
      rows: z.array(noticeView),
      total: z.number(),
      /** The groups of kinds this person may be told of. */
      groups: z.array(z.object({ id: z.string(), title: z.string() })),
    }),
    errors: {},
  }),
  unread: operation({
    ...own,
    id: 'notice.unread',
    title: '未读消息数',
    method: 'GET',
    path: '/notices/unread',
    input: z.object({}),
    output: standing,
    errors: {},
  }),
  markRead: operation({
    ...own,
    id: 'notice.markRead',
    title: '标为已读',
    method: 'POST',
    path: '/notices/read',
    input: z.object({ ids: z.array(z.string().max(40)).min(1).max(100) }),
    output: standing,
    errors: {},
  }),
  markAllRead: operation({
    ...own,
    id: 'notice.markAllRead',
    title: '全部标为已读',
    method: 'POST',
    path: '/notices/read-all',
    /** Up to and with the newest the person has seen: what came since stays unread. */
    input: z.object({ until: moment }),
    output: standing,
    errors: {},
  }),
  choices: operation({
    ...own,
    id: 'notice.choices',
    title: '查看消息接收方式',
    method: 'GET',
    path: '/notice-choices',
    input: z.object({}),
    output: choices,
    errors: {},
  }),
  choose: operation({
    ...own,
    id: 'notice.choose',
    title: '设置消息接收方式',
    method: 'PUT',
    path: '/notice-choices',
    input: z.object({ group: z.string().max(60), channel: z.enum(channels), wanted: z.boolean() }),
    output: choices,
    errors: { NO_GROUP: { status: 404, message: '没有这一类消息，请刷新页面' } },
  }),
};
