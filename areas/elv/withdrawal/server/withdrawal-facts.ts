import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';

/** The audit entry of a change outside a step. */
export const leaveFact = (
  tx: Tx,
  { subject, ip, now, traceId }: CallContext,
  withdrawalId: string,
  verb: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'operation',
    action: `${withdrawal.id}.${verb}`,
    actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
    object: { type: withdrawal.id, id: withdrawalId },
    outcome: 'done',
    detail,
    traceId,
  });
