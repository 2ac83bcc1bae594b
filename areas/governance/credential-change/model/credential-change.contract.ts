import { z } from 'zod';
import { appliedRow, revealOf } from '#areas/governance/person/model/applied-person.ts';
import { tender } from '#kernel/source/source.ts';
import { decided, decisionOf, proposalListOf } from '#practices/proposal/model/proposal.contract.ts';

const place = {
  id: 'governance.credential-change',
  path: '/governance/credential-changes',
  title: '登录凭据申请',
  source: tender(42, 43),
} as const;

/** What whoever agrees gets of a new password: its second half, this once. Null where no password was set, or it was shown before. */
export const handedHalf = z.object({ userName: z.string(), name: z.string(), half: z.string() }).nullable();
/** See {@link handedHalf}. */
export type HandedHalf = z.output<typeof handedHalf>;

/** Deciding on how people of the platform sign in; applications come by user management. Source: tender R42, R43. */
export const credentialChangeContract = {
  list: proposalListOf(place, appliedRow),
  reveal: revealOf(place),
  approve: decisionOf(place, 'approve', decided.extend({ handed: handedHalf })),
  refuse: decisionOf(place, 'refuse', decided),
  withdraw: decisionOf(place, 'withdraw', decided),
};
