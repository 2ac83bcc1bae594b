import type { AuditFact } from '#kernel/audit/fact.ts';
import type { CallContext } from '#kernel/contract/mount.ts';

/** The actor of a fact, as a call knows them. */
export const actorOf = ({ subject, ip, userAgent }: CallContext): AuditFact['actor'] => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  ip,
  ...(userAgent === '' ? {} : { agent: userAgent.slice(0, 200) }),
});
