import type { identity } from '#connectors/identity/exchanges.ts';
import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import type { police } from '#connectors/police/exchanges.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import type { Afterwards, AnswerHandler, CarriedMessage } from '#kernel/connector/answer-handler.ts';
import { type ExchangesOf, type Message, messageTo, type ResponseOf } from '#kernel/connector/connector.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import { type VehicleCaseAction, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { outsideReason, stepByOutside } from './answer-scene.ts';
import {
  readAcceptedElsewhere,
  readIdentity,
  readIdentityRefusal,
  readOwnerConsistency,
  readPoliceRefusal,
  readVehicleStatus,
} from './answers.ts';
import { type CheckAnswer, noteUnanswered } from './check.store.ts';
import { readReference, takeAnswer } from './check-answers.ts';
import type { FlowParts } from './flow.ts';
import { toldAnswers } from './told-police.ts';
import { type FoundCase, lockCase, lockStanding, saveRecord } from './vehicle-case.store.ts';

type Police = ExchangesOf<typeof police>;
type National = ExchangesOf<typeof nationalCirculation>;
type Identity = ExchangesOf<typeof identity>;

/** Nothing follows. */
const done = async (): Promise<undefined> => undefined;

const caseIdOf = ({ caseId }: CarriedMessage): string => {
  if (caseId === null) throw new Error('a message of the vehicle case without its case');
  return caseId;
};

/** Seconds until an outside system is asked again whether its paper is ready: soon at first, then every ten minutes. */
export const askAgainAfter = (attempts: number): number => [2, 3, 5, 10, 30, 60, 120, 300][attempts - 1] ?? 600;

/** Seconds until a paper that came for a frozen case is taken up again. */
const takeAgainAfter = 600;

/** A query about a case: its answer is kept with the case, its silence is said, its refusal is an answer too. */
const query = <Answer>(
  parts: FlowParts,
  engine: Engine<VehicleCase, FoundCase>,
  read: (answer: Answer, ownCertificateNo: string | null) => CheckAnswer,
  readRefusal: (code: string, message: string) => CheckAnswer,
): AnswerHandler => {
  const questionOf = (message: CarriedMessage) => ({
    caseId: caseIdOf(message),
    messageId: message.id,
    traceId: message.traceId,
    ...readReference(message.key),
  });
  return {
    // Parsed by the exchange's response schema before it came here.
    answered: (tx, message, answer) =>
      takeAnswer(tx, parts, engine, questionOf(message), ({ certificate }) =>
        read(answer as Answer, certificate?.certificateNo ?? null),
      ),
    refused: async (tx, message, { code, message: text }) => {
      await takeAnswer(tx, parts, engine, questionOf(message), () => readRefusal(code, text));
    },
    // A question that got no answer for good: a person must look.
    givenUp: (tx, message) => noteUnanswered(tx, questionOf(message)),
  };
};

/** Writes what an answer told beside the sections; the version stays, since nobody's view became wrong by it. */
const note = async (
  tx: Tx,
  parts: FlowParts,
  caseId: string,
  change: (record: VehicleCase) => VehicleCase,
): Promise<void> => {
  const loaded = await lockCase(tx, parts.crypto, caseId, everyRow);
  if (loaded) await saveRecord(tx, parts.crypto, caseId, change(loaded.snapshot.record), loaded.snapshot.version);
};

/** Whether a report was made in the round the case is in. One that is answered when a newer round is under way decides nothing any more. */
const isOfThisRound = async (tx: Tx, message: CarriedMessage): Promise<boolean> => {
  // Reports were parsed by their exchange's schema; questions carry no round.
  const { round } = message.request as { readonly round?: number };
  if (round === undefined) return true;
  const standing = await lockStanding(tx, caseIdOf(message), everyRow);
  return standing?.round === round;
};

/** The same question in another round is a question of its own: the first may have been answered with a no. */
const askedInRoundOf = (report: CarriedMessage, question: Message): Message => {
  // See isOfThisRound.
  const { round } = report.request as { readonly round: number };
  return { ...question, key: `${question.key}-${round}` };
};

type Step = (tx: Tx, message: CarriedMessage, action: VehicleCaseAction, input: unknown) => Promise<Afterwards>;
type Put = (tx: Tx, message: CarriedMessage, next: Message) => Promise<unknown>;

const refusalReason = ({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): { readonly reason: string } => outsideReason(`全国系统（${code}）`, message);

/** Reports to the national system and the papers it issues for them. Source: tender R05, R06, R07, R57. */
const nationalAnswers = (parts: FlowParts, step: Step, put: Put): Readonly<Record<string, AnswerHandler>> => ({
  'national-circulation.submit-scrap-case': {
    answered: async (tx, message, answer) => {
      const { externalCaseId } = answer as ResponseOf<National['submit-scrap-case']>;
      await note(tx, parts, caseIdOf(message), (record) => ({ ...record, externalCaseId }));
      const question = messageTo(nationalCirculation, 'get-recycling-certificate', { externalCaseId });
      await put(tx, message, askedInRoundOf(message, question));
      return undefined;
    },
    refused: async (tx, message, refusal) => {
      await step(tx, message, 'refuseReport', refusalReason(refusal));
    },
    givenUp: done,
  },
  'national-circulation.get-recycling-certificate': {
    answered: async (tx, message, answer) => {
      const found = answer as ResponseOf<National['get-recycling-certificate']>;
      if (found.status === 'pending') return { askAgainInSeconds: askAgainAfter(message.attempts) };
      if (found.status === 'void') {
        await step(tx, message, 'refuseReport', outsideReason('全国系统', `回收证明 ${found.certificateNo} 已作废`));
        return { note: '回收证明已作废' };
      }
      const { certificateNo, issuedOn, qrUrl } = found;
      return step(tx, message, 'certify', { certificateNo, issuedOn, qrUrl });
    },
    refused: async (tx, message, refusal) => {
      await step(tx, message, 'refuseReport', refusalReason(refusal));
    },
    givenUp: done,
  },
  'national-circulation.submit-deregistration': {
    answered: async (tx, message, answer) => {
      const { deregNo } = answer as ResponseOf<National['submit-deregistration']>;
      await note(tx, parts, caseIdOf(message), (record) => ({ ...record, deregistrationNo: deregNo }));
      const question = messageTo(nationalCirculation, 'get-deregistration-certificate', { deregNo });
      await put(tx, message, askedInRoundOf(message, question));
      return undefined;
    },
    refused: async (tx, message, refusal) => {
      await step(tx, message, 'refuseDeregistration', refusalReason(refusal));
    },
    givenUp: done,
  },
  'national-circulation.get-deregistration-certificate': {
    answered: async (tx, message, answer) => {
      const found = answer as ResponseOf<National['get-deregistration-certificate']>;
      if (found.status === 'pending') return { askAgainInSeconds: askAgainAfter(message.attempts) };
      return step(tx, message, 'acceptDeregistration', { certificateNo: found.certNo, issuedOn: found.issuedOn });
    },
    refused: async (tx, message, refusal) => {
      await step(tx, message, 'refuseDeregistration', refusalReason(refusal));
    },
    givenUp: done,
  },
});

/** Whether the national system takes back what was reported under a wrong identity. Its silence is no answer, and the case waits. Source: tender R57. */
const takingBackAnswer = (step: Step): AnswerHandler => ({
  answered: (tx, message) => step(tx, message, 'takeBackReport', {}),
  refused: async (tx, message, refusal) => {
    await step(tx, message, 'refuseTakeBack', refusalReason(refusal));
  },
  givenUp: done,
});

/** What the police decide of a dismantling. Source: tender R04, R60. */
const policeAnswers = (step: Step): Readonly<Record<string, AnswerHandler>> => ({
  'police.submit-supervised-dismantling': {
    // Taken over; the decision comes by itself, see supervised-decision.ts.
    answered: done,
    refused: async (tx, message, { code, message: text }) => {
      await step(tx, message, 'returnSupervised', outsideReason(`公安未接收（${code}）`, text));
    },
    givenUp: done,
  },
});

/**
 * What follows from the answers of police, the national system and the identity service, by `connector.exchange`. Answers were
 * parsed by their exchange's schema before they come here. A step that no longer fits, because the case has moved on, is refused by
 * the engine and changes nothing; the answer stays with its message.
 */
export const outsideAnswers = (
  parts: FlowParts,
  engine: Engine<VehicleCase, FoundCase>,
): Readonly<Record<string, AnswerHandler>> => {
  const step: Step = async (tx, message, action, input) => {
    if (!(await isOfThisRound(tx, message))) return undefined;
    const result = await stepByOutside(engine, tx, {
      caseId: caseIdOf(message),
      action,
      input,
      stepKey: `${message.id}:${action}`.slice(0, 64),
      traceId: message.traceId,
    });
    if (result.outcome !== 'refused') return undefined;
    // A frozen case takes a paper only when it is free again; it is kept until then, and nobody is asked for it twice.
    if (result.refusals.every(({ why }) => why === 'held')) return { takeAgainInSeconds: takeAgainAfter };
    // Kept with the message, where whoever looks after the case sees it.
    return { note: `答复未采用：${result.refusals.map(({ message: why }) => why).join('；')}` };
  };
  const put: Put = (tx, message, next) =>
    parts.outbox.put(tx, next, { caseType: vehicleCase.id, caseId: caseIdOf(message), traceId: message.traceId });
  return {
    'identity.verify-person': query<ResponseOf<Identity['verify-person']>>(
      parts,
      engine,
      readIdentity,
      readIdentityRefusal,
    ),
    'police.check-vehicle': query<ResponseOf<Police['check-vehicle']>>(
      parts,
      engine,
      readVehicleStatus,
      readPoliceRefusal,
    ),
    'police.compare-owner': query<ResponseOf<Police['compare-owner']>>(
      parts,
      engine,
      readOwnerConsistency,
      readPoliceRefusal,
    ),
    'police.check-duplicate-acceptance': query<ResponseOf<Police['check-duplicate-acceptance']>>(
      parts,
      engine,
      readAcceptedElsewhere,
      readPoliceRefusal,
    ),
    ...policeAnswers(step),
    ...toldAnswers(parts),
    ...nationalAnswers(parts, step, put),
    'national-circulation.withdraw-scrap-case': takingBackAnswer(step),
  };
};
