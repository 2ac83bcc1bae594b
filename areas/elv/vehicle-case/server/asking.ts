import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CheckKind, VehicleCase } from '../model/vehicle-case.record.ts';
import { dropChecks, noteAsked } from './check.store.ts';
import type { Question } from './questions.ts';
import { checkKinds, questionsOf } from './questions.ts';
import type { Beside } from './vehicle-case.store.ts';

/** What asking needs to know of the case. */
export interface AskScene {
  readonly tx: Tx;
  readonly crypto: Crypto;
  readonly caseId: string;
  readonly caseNo: string;
  readonly record: VehicleCase;
  /** What was asked before, as it stands under lock. */
  readonly checks: Beside['checks'];
  readonly enterpriseCode: string;
  readonly now: Date;
  readonly traceId: string;
}

const askedBefore = (checks: Beside['checks']): ReadonlyMap<string, { askedOf: string; settled: boolean }> => {
  const good = ['pass', 'notice'];
  return new Map(
    checks.map(({ kind, asked_of: askedOf, status, verdict }) => [
      kind,
      { askedOf, settled: status === 'answered' && good.includes(verdict ?? '') },
    ]),
  );
};

/** A short keyed digest of what is asked: it tells one question from another, and nobody can find its content by trying. */
const digestOf = async (crypto: Crypto, { asked }: Question): Promise<string> =>
  (await crypto.hmac('asked-question', asked.join('\n'))).slice(0, 16);

const ask = async (outbox: Outbox, scene: AskScene, question: Question, askedOf: string): Promise<void> => {
  // Every asking has a reference of its own: the same question may rightly be asked again later.
  const reference = `${scene.caseNo}:${question.kind}:${scene.now.getTime().toString(36)}:${askedOf}`;
  await noteAsked(scene.tx, scene.caseId, question.kind, askedOf, scene.now);
  await outbox.put(scene.tx, question.message(reference), {
    caseType: vehicleCase.id,
    caseId: scene.caseId,
    traceId: scene.traceId,
  });
};

/**
 * Asks every question that is new since the last time, and with `again` also those already asked: `unsettled` those without an
 * answer, or with one that stands in the way (a pledge may be gone by now, a service may have refused to say). Questions that no
 * longer make sense lose their answer. Answers the number of questions asked.
 */
export const askQuestions = async (
  outbox: Outbox,
  scene: AskScene,
  again: 'new' | 'unsettled' | readonly CheckKind[],
): Promise<number> => {
  const before = askedBefore(scene.checks);
  const questions = questionsOf(scene.record, scene.enterpriseCode);
  const stale = checkKinds.filter((kind) => before.has(kind) && !questions.some((one) => one.kind === kind));
  await dropChecks(scene.tx, scene.caseId, stale);
  let asked = 0;
  for (const question of questions) {
    const earlier = before.get(question.kind);
    const repeated =
      again === 'new' ? false : again === 'unsettled' ? earlier?.settled !== true : again.includes(question.kind);
    const askedOf = await digestOf(scene.crypto, question);
    if (earlier?.askedOf === askedOf && !repeated) continue;
    await ask(outbox, scene, question, askedOf);
    asked += 1;
  }
  return asked;
};
