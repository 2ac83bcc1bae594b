import { oneStop } from '#connectors/one-stop/exchanges.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { CasePassage, CaseSuccession } from '../../vehicle-case/model/opening.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { stageOfPassage, stageOfSuccession, type ToldStage } from '../model/write-back.ts';
import { applicationBehind, handOn, lockApplication } from './application.store.ts';
import type { CitizenParts } from './citizen-parts.ts';

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

type WaitingParts = Pick<CitizenParts, 'outbox' | 'crypto'>;

const applicationOf = (originKey: string): string | undefined =>
  originKey.startsWith(keyPrefix) ? originKey.slice(keyPrefix.length) : undefined;

/** Tells the one-stop service of each public stage that a citizen's case comes to. */
const tellPassage = async (outbox: Outbox, tx: Tx, passage: CasePassage): Promise<void> => {
  const { originKey, caseId, version, fromState, toState, at, traceId } = passage;
  const applicationId = applicationOf(originKey);
  const told = stageOfPassage(fromState, toState);
  if (applicationId === undefined || !told) return;
  const {
    application_no: applicationNo,
    version: own,
    told_before: before,
  } = await applicationBehind(tx, applicationId);
  // Once it was taken an application changes no more.
  const sequence = own + before + version;
  const about = { caseType: vehicleCase.id, caseId };
  const occasion = `case-${before + version}`;
  await tellStage(outbox, tx, { ...told, applicationNo, occasion, sequence, at, about, traceId });
};

/** The application of a case that another enterprise goes on with is that enterprise's from now on, and whoever applied is told so. */
const followOn = async ({ outbox, crypto }: WaitingParts, tx: Tx, succession: CaseSuccession): Promise<void> => {
  const { originKey, from, to, at, traceId } = succession;
  const applicationId = applicationOf(originKey);
  if (applicationId === undefined) return;
  const found = await lockApplication(tx, crypto, applicationId, everyRow);
  if (!found) throw new Error(`there is no application ${applicationId}`);
  const before = found.row.told_before + from.version;
  const record = {
    ...found.record,
    case: { id: to.id, caseNo: to.caseNo },
    enterprise: { id: to.enterpriseId, name: to.enterpriseName },
  };
  await handOn(tx, crypto, applicationId, record, before);
  const standing = ({ enterprise, case: of }: typeof found.record) => ({
    enterprise: enterprise?.id,
    caseNo: of?.caseNo,
  });
  await appendFact(tx, {
    at,
    kind: 'operation',
    action: `${citizenApplication.id}.followCase`,
    actor: { id: 'system:withdrawal', name: '系统', organisationId: null, ip: '' },
    object: { type: citizenApplication.id, id: applicationId },
    outcome: 'done',
    detail: { applicationNo: found.row.application_no, before: standing(found.record), after: standing(record) },
    traceId,
  });
  await tellStage(outbox, tx, {
    ...stageOfSuccession,
    applicationNo: found.row.application_no,
    occasion: `case-${before + 1}`,
    sequence: found.version + before + 1,
    at,
    about: { caseType: vehicleCase.id, caseId: to.id },
    traceId,
  });
};

/** Citizens who wait for their cases; cases of nobody are passed over without a question. Source: tender R08, R62. */
export const citizensWaiting = (parts: WaitingParts) => ({
  moved: (tx: Tx, passage: CasePassage): Promise<void> => tellPassage(parts.outbox, tx, passage),
  wentOn: (tx: Tx, succession: CaseSuccession): Promise<void> => followOn(parts, tx, succession),
});

const nothing = async (): Promise<undefined> => undefined;

/** Nothing follows from what the one-stop service says of a stage: how the message stands is shown at the matter. What is asked while somebody waits never comes here. */
export const oneStopAnswers: Readonly<Record<string, AnswerHandler>> = {
  'one-stop.report-stage': { answered: nothing, refused: nothing, givenUp: nothing },
};
