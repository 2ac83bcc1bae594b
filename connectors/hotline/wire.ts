import type { hotline } from './exchanges.ts';

/** The path of each question to the hotline, below its base address. Source: assumption, see README.md. */
export const hotlinePaths = {
  'list-work-orders': '/ext/hotline/work-orders',
} as const satisfies Readonly<Record<keyof typeof hotline.exchanges, `/${string}`>>;
