import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';

/** The audit entry of what was done with a person at work, or with an import of them. */
export const leaveFact = (
  tx: Tx,
  { subject, ip, now, traceId }: CallContext,
  object: { readonly id: string; readonly type?: 'elv.practitioner' | 'elv.practitioner-import' } | null,
  verb: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'operation',
    action: `elv.practitioner.${verb}`,
    actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
    object: object && { type: object.type ?? 'elv.practitioner', id: object.id },
    outcome: 'done',
    detail,
    traceId,
  });
