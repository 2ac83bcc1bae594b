import type { oneStop } from './exchanges.ts';

/** The path of each message to the one-stop service, below its base address. Source: assumption, see README.md. */
export const oneStopPaths = {
  'exchange-code': '/ext/one-stop/token',
  'get-person': '/ext/one-stop/userinfo',
  'list-vehicles': '/ext/one-stop/vehicles',
  'report-stage': '/ext/one-stop/application-stages',
} as const satisfies Readonly<Record<keyof typeof oneStop.exchanges, `/${string}`>>;
