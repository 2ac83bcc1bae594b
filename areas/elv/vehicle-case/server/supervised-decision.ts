import type { police } from '#connectors/police/exchanges.ts';
import type { ExchangesOf, ParsedRequestOf } from '#kernel/connector/connector.ts';
import type { Applied, InboundHandler } from '#kernel/connector/inbound.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { outsideReason, stepByOutside } from './answer-scene.ts';
import { lockCaseByNo } from './case-by-no.store.ts';
import type { FoundCase } from './vehicle-case.store.ts';

type Decision = ParsedRequestOf<ExchangesOf<typeof police>['supervised-decision']>;

const notTaken = (caseId: string, message: string): Applied => ({
  outcome: 'refused',
  code: '4221',
  message,
  caseType: vehicleCase.id,
  caseId,
});

const outdated = (caseId: string): Applied => notTaken(caseId, '该轮次已不在公安审核中，结果未采用');

/** What was approved is not taken further while the police look for the vehicle; the commission has it decided anew afterwards. */
const whileFrozen = (caseId: string): Applied =>
  notTaken(caseId, '案卷已冻结，结果未采用；解除冻结后由商务委重新报送公安');

/**
 * The police's decision on a supervised dismantling. It may come before the acknowledgement of the submission, twice, or for a round
 * that is over; only the round under review is decided. A rejection is a return with the police's reason: the law knows no end of a
 * vehicle that has been dismantled. Source: tender R04, R60; domain 9.2 (4221).
 */
export const supervisedDecision =
  (engine: Engine<VehicleCase, FoundCase>): InboundHandler =>
  async (tx, message): Promise<Applied> => {
    // Parsed by the exchange's schema at the door.
    const { caseNo, round, decision, opinion } = message.request as Decision;
    const found = await lockCaseByNo(tx, caseNo);
    if (!found) return { outcome: 'refused', code: '4040', message: '没有这个案卷编号', caseType: null, caseId: null };
    if (found.state !== 'policeReview' || found.round !== round) return outdated(found.id);
    const passed = decision === 'approved';
    const word = decision === 'rejected' ? '公安审核不通过' : '公安退回';
    const result = await stepByOutside(engine, tx, {
      caseId: found.id,
      action: passed ? 'passSupervised' : 'returnSupervised',
      input: passed ? {} : outsideReason(word, opinion),
      stepKey: `decision:${caseNo}:${round}`,
      traceId: message.traceId,
    });
    if (result.outcome === 'done') return { outcome: 'applied', caseType: vehicleCase.id, caseId: found.id };
    const frozen = result.outcome === 'refused' && result.refusals.some(({ why }) => why === 'held');
    return frozen ? whileFrozen(found.id) : outdated(found.id);
  };
