import type { dataLake } from './exchanges.ts';

/** The path of each question to the data lake, below its base address. Source: assumption, see README.md. */
export const dataLakePaths = {
  'get-legal-person': '/ext/data-lake/legal-persons',
  'list-penalties': '/ext/data-lake/penalties',
} as const satisfies Readonly<Record<keyof typeof dataLake.exchanges, `/${string}`>>;
