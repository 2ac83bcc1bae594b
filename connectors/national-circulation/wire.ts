import type { nationalCirculation } from './exchanges.ts';

/** The path of each report and question to the national system, below its base address. Source: assumption, see README.md. */
export const nationalCirculationPaths = {
  'submit-scrap-case': '/ext/national/scrap-cases',
  'get-recycling-certificate': '/ext/national/recycling-certificates/query',
  'withdraw-scrap-case': '/ext/national/scrap-cases/withdraw',
  'submit-deregistration': '/ext/national/deregistrations',
  'get-deregistration-certificate': '/ext/national/deregistration-certificates/query',
} as const satisfies Readonly<Record<keyof typeof nationalCirculation.exchanges, `/${string}`>>;
