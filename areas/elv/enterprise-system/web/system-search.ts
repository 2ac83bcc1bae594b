import { z } from 'zod';
import { pageInAddress, yesInAddress } from '#web-kit/list-search.ts';

/** What of the list of systems stands in its address. */
export const systemSearch = z.object({ all: yesInAddress, ...pageInAddress });
