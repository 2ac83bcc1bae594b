import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { RegistryProfile } from '../model/profile.ts';

/** Who acts, for the log. */
export const actorOf = ({ subject, ip }: Pick<CallContext, 'subject' | 'ip'>): AuditFact['actor'] => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  ip,
});

/** The audit entry of a change outside a step; `detail` never holds a sealed value. */
export const leaveEntryFact = (
  tx: Tx,
  context: CallContext,
  profile: RegistryProfile,
  entryId: string,
  verb: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: context.now,
    kind: 'operation',
    action: `${profile.id}.${verb}`,
    actor: actorOf(context),
    object: { type: profile.id, id: entryId },
    outcome: 'done',
    detail,
    traceId: context.traceId,
  });
