import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import type { noticeContract } from '../model/notice.contract.ts';

const yes = z.union([z.literal(true), z.literal('true')]).transform(() => true as const);

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const noticeSearch = z.object({
  unread: yes.optional().catch(undefined),
  group: z
    .string()
    .regex(/^[a-z.-]{1,60}$/)
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});
/** See {@link noticeSearch}. */
export type NoticeSearch = z.output<typeof noticeSearch>;

/** How many notices a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = ({ unread, group, page, size }: NoticeSearch): InputOf<(typeof noticeContract)['list']> => ({
  ...(unread ? { unread: 'true' } : {}),
  ...(group === undefined ? {} : { group }),
  ...(page === undefined ? {} : { page }),
  size: size ?? defaultPageSize,
});
