import { type AuditFact, serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CrossingFact, OnCrossing } from '#kernel/connector/crossing.ts';
import { connectors } from './plans.ts';

const titles: ReadonlyMap<string, string> = new Map(connectors.map(({ id, title }) => [id, title]));

/** What the log tells of a message that crossed to or from an outside system. */
export const interfaceFact = (crossing: CrossingFact): AuditFact => {
  const { at, connector, exchange, caseType, caseId, outcome, traceId, ...rest } = crossing;
  return {
    at,
    kind: outcome === 'rejected' ? 'security' : 'interface',
    action: `${connector}.${exchange}`,
    actor: { id: `system:${connector}`, name: titles.get(connector) ?? connector, organisationId: null, ip: '' },
    object: caseType === null || caseId === null ? null : { type: caseType, id: caseId },
    outcome: ['delivered', 'applied', 'repeated'].includes(outcome)
      ? 'done'
      : outcome === 'refused'
        ? 'refused'
        : 'failed',
    detail: { ...rest, outcome },
    traceId,
  };
};

/** Leaves an audit entry for every message that crossed to or from an outside system, and one more when the relay gives a message up. Source: tender R45. */
export const leaveInterfaceFact: OnCrossing = async (tx, crossing) => {
  const { at, connector, exchange, outcome, traceId } = crossing;
  await appendFact(tx, interfaceFact(crossing));
  if (crossing.gaveUp) {
    const told = serverFact(at, 'kernel.relay.gaveUp', { connector, exchange, key: crossing.key, outcome });
    await appendFact(tx, { ...told, outcome: 'failed', traceId });
  }
};
