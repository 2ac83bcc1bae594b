import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { publicQueryContract } from '../model/public-query.contract.ts';

/** Calls anybody may make. */
export const publicQueryApi = clientOf(publicQueryContract, transport);
