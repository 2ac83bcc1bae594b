import type { PeopleAction } from '#areas/elv/withdrawal/model/withdrawal.steps.ts';
import type { WithdrawalView } from '#areas/elv/withdrawal/model/withdrawal.views.ts';

/** What people do with withdrawals, whatever carries it: a call in the process or over HTTP. Every refusal is thrown as a Failure. */
export interface WithdrawalHands {
  open(who: string, caseId: string): Promise<string>;
  fill(who: string, id: string, values: Readonly<Record<string, string>>): Promise<void>;
  attach(who: string, id: string, part: string, key: string, bytes: Uint8Array): Promise<string>;
  step(who: string, id: string, action: PeopleAction, input?: object): Promise<string>;
  view(who: string, id: string): Promise<WithdrawalView>;
}

/** What is applied for: `successorId` is the enterprise the owner chose, null where the vehicle is not to be scrapped. */
export interface Wish {
  readonly caseId: string;
  readonly clerk: string;
  readonly successorId: string | null;
  readonly consent: Uint8Array;
  readonly newKey: () => string;
}

/** Opens an application and fills it in as a careful clerk would, with the owner's consent where the enterprise changes; answers its id. */
export const applyFor = async (
  hands: WithdrawalHands,
  { caseId, clerk, successorId, consent, newKey }: Wish,
): Promise<string> => {
  const id = await hands.open(clerk, caseId);
  await hands.fill(
    clerk,
    id,
    successorId === null
      ? { kind: 'stop', cause: 'owner-keeps', reason: '车主决定修复后继续使用，不再报废' }
      : {
          kind: 'change-enterprise',
          cause: 'owner-chose-other',
          reason: '车主迁居，改选离家较近的企业交车',
          successorId,
        },
  );
  if (successorId !== null) await hands.attach(clerk, id, 'owner-consent', newKey(), consent);
  return id;
};
