import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Part, partOf, readPart } from '#kernel/db/parts.ts';

/** Who takes a step: a signed-in person, an outside system, or the engine itself. */
export interface StepActor {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly ip: string;
}

/** One step as kept. `prev` and `digest` chain the steps of a case; `signature` is the person's own SM2 over the digest. */
export interface Step {
  readonly seq: number;
  readonly stepKey: string;
  readonly action: string;
  readonly fromState: string;
  readonly toState: string;
  readonly round: number;
  /** Version of the case after the step. */
  readonly version: number;
  readonly actorId: string;
  readonly actorName: string;
  readonly actorOrganisationId: string | null;
  readonly organisationName: string | null;
  readonly at: Date;
  readonly input: Readonly<Record<string, unknown>>;
  /** SM3 over the canonical record the actor acted on. */
  readonly recordDigest: string;
  readonly changes: readonly StepChange[];
  readonly prev: string;
  readonly digest: string;
  readonly publicKey: string | null;
  readonly signature: string | null;
}

/** One value that changed since the step before; personal values appear masked. */
export interface StepChange {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

interface StepTable {
  case_type: string;
  case_id: string;
  seq: number;
  step_key: string;
  action: string;
  from_state: string;
  to_state: string;
  round: number;
  version: number;
  actor_id: string;
  actor_name: string;
  actor_organisation_id: string | null;
  organisation_name: string | null;
  at: Date;
  input: string;
  record_digest: string;
  changes: string;
  prev: string;
  digest: string;
  public_key: string | null;
  signature: string | null;
}

type Tables = {
  'kernel.step': StepTable;
};

/** The digest before the first step. */
export const firstPrev = '0'.repeat(64);

/** What the digest of a step covers: everything but the digest and signature themselves. */
export type StepBody = Omit<Step, 'digest' | 'publicKey' | 'signature'>;

/** The SM3 digest that a person signs: case, place, action, states, version, input, record and time, chained to the step before. */
export const stepDigest = (caseType: string, caseId: string, step: StepBody): string =>
  sm3Hex(canonical({ caseType, caseId, ...step }));

const stepOf = (row: StepTable): Step => ({
  seq: row.seq,
  stepKey: row.step_key,
  action: row.action,
  fromState: row.from_state,
  toState: row.to_state,
  round: row.round,
  version: row.version,
  actorId: row.actor_id,
  actorName: row.actor_name,
  actorOrganisationId: row.actor_organisation_id,
  organisationName: row.organisation_name,
  at: row.at,
  // Written by addStep from these shapes; an altered text breaks the digest.
  input: JSON.parse(row.input) as Record<string, unknown>,
  recordDigest: row.record_digest,
  changes: JSON.parse(row.changes) as StepChange[],
  prev: row.prev,
  digest: row.digest,
  publicKey: row.public_key,
  signature: row.signature,
});

/** All steps of a case in order, to be read with other rows. */
export const stepsPart = (db: Db | Tx, caseType: string, caseId: string): Part<Step> =>
  partOf(
    db
      .withTables<Tables>()
      .selectFrom('kernel.step')
      .selectAll()
      .where('case_type', '=', caseType)
      .where('case_id', '=', caseId)
      .orderBy('seq'),
    { at: 'time' },
    stepOf,
  );

/** All steps of a case in order. */
export const listSteps = (db: Db | Tx, caseType: string, caseId: string): Promise<readonly Step[]> =>
  readPart(db, stepsPart(db, caseType, caseId));

/** The signed step that was taken last with a case; undefined where there is none. */
export const latestAction = async (db: Db | Tx, caseType: string, caseId: string): Promise<string | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('kernel.step')
    .select('action')
    .where('case_type', '=', caseType)
    .where('case_id', '=', caseId)
    .where('signature', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.action;
};

/** Where the steps of many cases have led them, by case, each in order; without what was entered, changed and signed. For so many cases as a statement can name. */
export const listMoves = async (
  db: Db | Tx,
  caseType: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Pick<Step, 'action' | 'fromState' | 'toState' | 'at'>[]>> => {
  if (caseIds.length === 0) return new Map();
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.step')
    .select(['case_id', 'action', 'from_state as fromState', 'to_state as toState', 'at'])
    .where('case_type', '=', caseType)
    .where('case_id', 'in', [...caseIds])
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  return Map.groupBy(rows, (row) => row.case_id);
};

/** Adds a step; the primary key refuses a second step at the same place. */
export const addStep = async (tx: Tx, caseType: string, caseId: string, step: Step): Promise<void> => {
  await tx
    .withTables<Tables>()
    .insertInto('kernel.step')
    .values({
      case_type: caseType,
      case_id: caseId,
      seq: step.seq,
      step_key: step.stepKey,
      action: step.action,
      from_state: step.fromState,
      to_state: step.toState,
      round: step.round,
      version: step.version,
      actor_id: step.actorId,
      actor_name: step.actorName,
      actor_organisation_id: step.actorOrganisationId,
      organisation_name: step.organisationName,
      at: step.at,
      input: canonical(step.input),
      record_digest: step.recordDigest,
      changes: canonical(step.changes),
      prev: step.prev,
      digest: step.digest,
      public_key: step.publicKey,
      signature: step.signature,
    })
    .execute();
};

/** Whether the steps of a case are whole and unchanged: places, chain and digests. Signatures are checked apart. */
export const stepsIntact = (caseType: string, caseId: string, steps: readonly Step[]): boolean => {
  let prev = firstPrev;
  return steps.every((step, index) => {
    const { digest, publicKey: _publicKey, signature: _signature, ...body } = step;
    const sound = step.seq === index + 1 && step.prev === prev && stepDigest(caseType, caseId, body) === digest;
    prev = digest;
    return sound;
  });
};
