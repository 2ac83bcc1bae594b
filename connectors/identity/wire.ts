import type { identity } from './exchanges.ts';

/** The path of each question to the identity service, below its base address. Source: assumption, see README.md. */
export const identityPaths = {
  'verify-person': '/ext/identity/person-checks',
} as const satisfies Readonly<Record<keyof typeof identity.exchanges, `/${string}`>>;
