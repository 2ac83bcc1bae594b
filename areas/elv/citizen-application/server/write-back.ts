import { oneStop } from '#connectors/one-stop/exchanges.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { CasePassage } from '../../vehicle-case/model/opening.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { stageOfPassage, type ToldStage } from '../model/write-back.ts';
import { applicationBehind } from './application.store.ts';

/** Cases opened for an application have a key that begins so. */
const keyPrefix = 'citizen-application:';

/** The key under which an application opens its case: one, ever. */
export const openKeyOf = (applicationId: string): string => keyPrefix + applicationId;

/** Puts a stage into the outbox, in the step's own transaction. `about` is the matter whose page shows how it stands. */
export const tellStage = async (
  outbox: Outbox,
  tx: Tx,
  told: ToldStage & {
    readonly applicationNo: string;
    readonly occasion: string;
    /** Greater for each later passage of one application: its own version, and of its case that of the case on top. */
    readonly sequence: number;
    readonly at: Date;
    readonly about: { readonly caseType: string; readonly caseId: string };
    readonly traceId: string;
  },
): Promise<void> => {
  const { applicationNo, occasion, sequence, stage, note, at, about, traceId } = told;
  const passage = { applicationNo, occasion, sequence, stage, note, at: at.toISOString() };
  const message = messageTo(oneStop, 'report-stage', passage);
  await outbox.put(tx, message, { ...about, traceId });
};

/** Tells the one-stop service of each public stage that a citizen's case comes to; cases of nobody are passed over without a question. Source: tender R62. */
export const tellCaseStage =
  (outbox: Outbox) =>
  async (tx: Tx, { openKey, caseId, version, fromState, toState, at, traceId }: CasePassage): Promise<void> => {
    if (!openKey.startsWith(keyPrefix)) return;
    const told = stageOfPassage(fromState, toState);
    if (!told) return;
    const application = await applicationBehind(tx, openKey.slice(keyPrefix.length));
    const { application_no: applicationNo } = application;
    // Once it was taken an application changes no more.
    const sequence = application.version + version;
    const about = { caseType: vehicleCase.id, caseId };
    await tellStage(outbox, tx, { ...told, applicationNo, occasion: `case-${version}`, sequence, at, about, traceId });
  };

const nothing = async (): Promise<undefined> => undefined;

/** Nothing follows from what the one-stop service says of a stage: how the message stands is shown at the matter. What is asked while somebody waits never comes here. */
export const oneStopAnswers: Readonly<Record<string, AnswerHandler>> = {
  'one-stop.report-stage': { answered: nothing, refused: nothing, givenUp: nothing },
};
