import { enterpriseSystems } from '#connectors/enterprise-system/exchanges.ts';
import { enterpriseWire } from '#connectors/enterprise-system/wire.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { messageTo, type Wire } from '#kernel/connector/connector.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { CaseMoved } from '../../vehicle-case/model/case-moved.ts';
import { toldReason } from '../../vehicle-case/model/told-reason.ts';
import { type CaseEventKind, caseEvents, eventOf, tellsReason } from '../model/case-event.ts';
import { enterpriseSystem, isOver } from '../model/enterprise-system.lifecycle.ts';
import { findSystem, listToTell } from './enterprise-system.store.ts';
import { standsAsConfirmed } from './flow.ts';
import { type SystemParts, signAsPlatform } from './system-desk.ts';

/** The case and the event a message's key speaks of. Errors: throws on a key that is none of ours. */
export const partsOfKey = (key: string): { readonly caseNo: string; readonly event: CaseEventKind } => {
  const [, eventId = '', event = ''] = key.split(':');
  if (!Object.hasOwn(caseEvents, event)) throw new Error(`${key} tells of no event`);
  // Looked up just above.
  return { caseNo: eventId.slice(0, eventId.lastIndexOf('-')), event: event as CaseEventKind };
};

/** Tells the enterprise's systems of a step of one of its cases, in the step's own transaction. Source: tender R02, R06, R07. */
export const tellSystems =
  ({ outbox }: Pick<SystemParts, 'outbox'>) =>
  async (tx: Tx, moved: CaseMoved): Promise<void> => {
    const event = eventOf(moved.action, moved.state);
    if (event === undefined) return;
    const systems = (await listToTell(tx, moved.enterpriseId)).filter(({ record }) => !isOver(record, moved.at));
    if (systems.length === 0) return;
    const reference = await moved.reference();
    const { caseId, caseNo, version, round, state, stateTitle, reason, at, traceId } = moved;
    for (const { id: systemId } of systems) {
      const message = messageTo(enterpriseSystems, 'case-event', {
        systemId,
        eventId: `${caseNo}-${version}`,
        event,
        caseId,
        caseNo,
        reference,
        state,
        stateTitle,
        round,
        reason: tellsReason(event) ? toldReason(reason) : null,
        at: at.toISOString(),
      });
      await outbox.put(tx, message, { caseType: enterpriseSystem.id, caseId: systemId, traceId });
    }
  };

/** A message that arrived, or did not, changes nothing else; how it stands is read from the outbox. */
export const eventAnswers: AnswerHandler = {
  answered: async () => undefined,
  refused: async () => undefined,
  givenUp: async () => undefined,
};

/** The way to enterprises' systems: to addresses that were confirmed, of systems in force. */
export const wireToSystems = (parts: SystemParts): Wire => {
  const { db, clock, rules } = parts;
  return enterpriseWire({
    clock,
    reach: rules.webhooks,
    addressOf: async (systemId) => {
      const system = await findSystem(db, systemId);
      if (system?.state !== 'active' || isOver(system.record, clock.now())) return undefined;
      // An address that nobody confirmed gets nothing.
      return (await standsAsConfirmed(parts, system)) ? (system.record.webhookUrl ?? undefined) : undefined;
    },
    sign: async (text) => (await signAsPlatform(parts, db, text)).signature,
  });
};
