import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { accountContract } from '../model/account.contract.ts';

/** Calls of signing in and out, on a phone. */
export const phoneAccountApi = clientOf(accountContract, transport);
