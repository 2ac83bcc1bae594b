import type { Operation } from '#kernel/contract/operation.ts';
import { deliveryContract } from './delivery.contract.ts';
import { noticeContract } from './notice.contract.ts';

/** Every operation of notices. */
export const noticeOperations: readonly Operation[] = [
  ...Object.values<Operation>(noticeContract),
  ...Object.values<Operation>(deliveryContract),
];
