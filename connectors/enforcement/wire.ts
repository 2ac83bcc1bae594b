import type { enforcement } from './exchanges.ts';

/** The path of each question to the enforcement system, below its base address. Source: assumption, see README.md. */
export const enforcementPaths = {
  'list-events': '/ext/enforcement/events',
} as const satisfies Readonly<Record<keyof typeof enforcement.exchanges, `/${string}`>>;
