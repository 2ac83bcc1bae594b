import { everyRow } from '#kernel/access/predicate.ts';
import type { Afterwards } from '#kernel/connector/answer-handler.ts';
import type { Tx } from '#kernel/db/database.ts';
import { readPart } from '#kernel/db/parts.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { judgeSupervision } from '../model/supervision.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CheckKind, VehicleCase } from '../model/vehicle-case.record.ts';
import { leaveUnheeded, outsideReason, stepByOutside } from './answer-scene.ts';
import type { PoliceVehicle } from './answers.ts';
import { answerCheck, type CheckAnswer, checksPart, keptText, noteUnheeded, openChecks } from './check.store.ts';
import { allEqual, compareWithPolice } from './comparison-rows.ts';
import { comparedKinds, type FlowParts } from './flow.ts';
import { type FoundCase, type LoadedCase, lockCase, saveMarks, saveRecord } from './vehicle-case.store.ts';

/** A settled question: which case, kind and wording it was about. */
export interface AnsweredQuestion {
  readonly caseId: string;
  readonly kind: CheckKind;
  readonly askedOf: string;
  readonly askedAt: Date;
  readonly messageId: string;
  readonly traceId: string;
}

/** The parts of a question's reference, `caseNo:kind:time:digest`. */
export const readReference = (key: string): Pick<AnsweredQuestion, 'kind' | 'askedOf' | 'askedAt'> => {
  const [, kind, time, askedOf] = key.split(':');
  // References are made by askQuestions only.
  return { kind: kind as CheckKind, askedOf: askedOf ?? '', askedAt: new Date(Number.parseInt(time ?? '', 36)) };
};

const withPoliceView = (record: VehicleCase, answer: PoliceVehicle): VehicleCase => {
  const byPoliceCodes = judgeSupervision(answer.typeCode ?? null, answer.useNature ?? null).supervised;
  const { supervision } = record;
  return {
    ...record,
    supervision: {
      ...supervision,
      byPolice: answer.supervisedHint === true,
      byRule: supervision.byRule || byPoliceCodes,
    },
  };
};

const systemMayPass = async (tx: Tx, parts: FlowParts, loaded: LoadedCase): Promise<'wait' | 'match' | 'mismatch'> => {
  const checks = await openChecks(parts.crypto, await readPart(tx, checksPart(tx, loaded.snapshot.id)));
  const compared = comparedKinds.map((kind) => checks.find((check) => check.kind === kind));
  if (compared.some((check) => check === undefined)) return 'mismatch';
  if (compared.some((check) => check?.status !== 'answered')) return 'wait';
  const status = compared[0];
  const vehicle = status?.answer as PoliceVehicle | null | undefined;
  if (!vehicle || compared.some((check) => check?.verdict !== 'pass' && check?.verdict !== 'notice')) return 'mismatch';
  return allEqual(compareWithPolice(loaded.snapshot.record, vehicle, {})) ? 'match' : 'mismatch';
};

/** Passes a waiting comparison on as soon as every answer it rests on is in. Source: tender R02. */
const settleComparison = async (
  tx: Tx,
  parts: FlowParts,
  engine: Engine<VehicleCase, FoundCase>,
  question: AnsweredQuestion,
  loaded: LoadedCase,
): Promise<void> => {
  if (loaded.snapshot.state !== 'comparing') return;
  const ruling = await systemMayPass(tx, parts, loaded);
  if (ruling === 'wait') return;
  await stepByOutside(engine, tx, {
    caseId: question.caseId,
    action: ruling,
    input: {},
    stepKey: `${question.messageId}:${ruling}`,
    traceId: question.traceId,
  });
};

/** The case with an answer that has just been kept, so that it need not be read again. */
const withAnswer = ({ snapshot, ...loaded }: LoadedCase, kind: CheckKind, answer: CheckAnswer): LoadedCase => {
  const outcome = { status: 'answered', verdict: answer.verdict, text: keptText(answer) } as const;
  const checks = { ...snapshot.record.checks, [kind]: outcome };
  return { ...loaded, snapshot: { ...snapshot, record: { ...snapshot.record, checks } } };
};

/**
 * Freezes the case of a vehicle the police look for, wherever it stands. A case that has ended cannot be frozen: its check says so in words, and the
 * log and an alert tell of it. Source: Regulation 715 art. 10; 机动车登记规定第四十二条.
 */
const freeze = async (
  tx: Tx,
  parts: FlowParts,
  engine: Engine<VehicleCase, FoundCase>,
  question: AnsweredQuestion,
  answer: CheckAnswer,
): Promise<Afterwards> => {
  const { caseId, messageId, traceId } = question;
  const result = await stepByOutside(engine, tx, {
    caseId,
    action: 'freeze',
    input: outsideReason('公安车辆状态', answer.text),
    stepKey: `${messageId}:freeze`,
    traceId,
  });
  if (result.outcome !== 'refused') return undefined;
  const { title } = getState(widened(vehicleCase), result.snapshot.state);
  const unheeded = `案卷已是“${title}”，不能冻结，请立即人工处置并向公安报告`;
  await noteUnheeded(tx, question, `${unheeded}；${answer.text}`);
  const now = parts.clock.now();
  await leaveUnheeded(tx, { type: vehicleCase.id, id: caseId }, { action: 'freeze', result, now, traceId });
  return { note: unheeded };
};

/** A question's answer as it is read for the case it is about. */
export type ReadAnswer = (record: VehicleCase) => CheckAnswer & { readonly report?: boolean };

/** Keeps an answer and lets everything follow that follows from it: marks, freezing, the end of a comparison. */
export const takeAnswer = async (
  tx: Tx,
  parts: FlowParts,
  engine: Engine<VehicleCase, FoundCase>,
  question: AnsweredQuestion,
  read: ReadAnswer,
): Promise<Afterwards> => {
  const { caseId, kind, askedOf } = question;
  const before = await lockCase(tx, parts.crypto, caseId, everyRow);
  if (!before) return undefined;
  const answer = read(before.snapshot.record);
  const current = await answerCheck(tx, parts.crypto, { caseId, kind, askedOf }, answer, parts.clock.now());
  if (!current) return undefined;
  const loaded = withAnswer(before, kind, answer);
  const { record, version, holds } = loaded.snapshot;
  // Checked against the exchange's schema before it came here.
  const told = kind === 'vehicle-status' ? (answer.answer as PoliceVehicle | null) : null;
  const seen = told ? withPoliceView(record, told) : record;
  if (told) await saveRecord(tx, parts.crypto, caseId, seen, version);
  else await saveMarks(tx, before.row, seen);
  const stolen = answer.report === true && !holds.includes('frozen');
  const afterwards = stolen ? await freeze(tx, parts, engine, question, answer) : undefined;
  await settleComparison(tx, parts, engine, question, { ...loaded, snapshot: { ...loaded.snapshot, record: seen } });
  return afterwards;
};
