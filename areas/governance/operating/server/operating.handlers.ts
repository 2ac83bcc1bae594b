import type { Handlers } from '#kernel/contract/mount.ts';
import type { operatingContract } from '../model/operating.contract.ts';
import type { OperatingDesk } from './operating-desk.ts';

/** The calls of the operating desk. */
export const operatingHandlers = (desk: OperatingDesk): Handlers<typeof operatingContract> => ({
  read: () => desk.view(),
});
