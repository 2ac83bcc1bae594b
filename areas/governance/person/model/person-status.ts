import { plusDays, startOfShanghaiDay } from '#kernel/time/shanghai.ts';

/** How an account stands, as one word: the gravest that holds. */
export const personStatuses = {
  active: '正常',
  locked: '已锁定',
  expired: '已过期',
  disabled: '已停用',
} as const;

/** See {@link personStatuses}. */
export type PersonStatus = keyof typeof personStatuses;

/** How an account stands at an instant. */
export const statusOf = (
  account: { readonly status: string; readonly validUntil: Date | null; readonly lockedUntil: Date | null },
  now: Date,
): PersonStatus => {
  if (account.status !== 'active') return 'disabled';
  if (account.validUntil !== null && account.validUntil <= now) return 'expired';
  return account.lockedUntil !== null && account.lockedUntil > now ? 'locked' : 'active';
};

/** The instant at which a last day ends, in Shanghai. */
export const endOfDay = (day: string): Date => startOfShanghaiDay(plusDays(day, 1));

/** The last day of an account that serves until an instant. */
export const lastDay = (until: Date): string =>
  new Date(until.getTime() - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
