import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { askedOf, pageInAddress, yesInAddress } from '#web-kit/list-search.ts';
import type { noticeContract } from '../model/notice.contract.ts';

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const noticeSearch = z.object({
  unread: yesInAddress,
  group: z
    .string()
    .regex(/^[a-z.-]{1,60}$/)
    .optional()
    .catch(undefined),
  ...pageInAddress,
});
/** See {@link noticeSearch}. */
export type NoticeSearch = z.output<typeof noticeSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: NoticeSearch): InputOf<(typeof noticeContract)['list']> => askedOf(search);
