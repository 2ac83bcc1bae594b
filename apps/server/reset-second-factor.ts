import { findAccount } from '#areas/governance/account/server/account-state.store.ts';
import { addNotice } from '#areas/governance/account/server/credential-notice.store.ts';
import { hasFactor, removeFactors } from '#areas/governance/account/server/credentials.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';

const operator = { id: 'operator', name: '运维人员（服务器命令）', organisationId: null, ip: '' } as const;

/** What cannot be done, in words for the operator. */
export class ResetRefused extends Error {}

/**
 * Takes a person's second factors away when the device is lost: the person enrols a new one at the next sign-in, their sessions end, and the log tells who was
 * helped and why. For operators at the server itself, because with two security administrators a lost device would leave nobody to agree.
 * Errors: throws {@link ResetRefused}.
 */
export const resetSecondFactor = async (db: Db, userName: string, reason: string, now: Date): Promise<void> => {
  if (reason.trim().length < 4) throw new ResetRefused('请写明原因，至少 4 个字，例如：手机遗失，已当面核对身份');
  await inTransaction(db, async (tx) => {
    const account = await findAccount(tx, userName);
    if (!account) throw new ResetRefused(`没有用户名为 ${userName} 的账号`);
    if (!(await hasFactor(tx, account.id))) throw new ResetRefused(`${userName} 没有绑定第二重验证`);
    const removed = await removeFactors(tx, account.id, { at: now, alone: true });
    await addNotice(tx, { userId: account.id, at: now, what: 'second-factor', by: operator.name, agreed: null });
    await appendFact(tx, {
      at: now,
      kind: 'security',
      action: 'governance.account.resetSecondFactor',
      actor: operator,
      object: { type: 'governance.person', id: account.id },
      outcome: 'done',
      detail: { reason: reason.trim(), ...removed },
      traceId: 'operator',
    });
  });
};
