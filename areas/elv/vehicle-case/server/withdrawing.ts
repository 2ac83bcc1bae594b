import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Refusal, standingRefusals } from '#kernel/lifecycle/decide.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import { getState, type Obstacle, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import { type VehicleCaseAction, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { type CarryOver, carryOver, obstacleToCarryingOver } from './carry-over.ts';
import { exchangeViews } from './check-view.ts';
import type { FlowParts } from './flow.ts';
import { type FoundCase, findCase, findStanding } from './vehicle-case.store.ts';

const lifecycle = widened(vehicleCase);

/** Where the commission has already said that the vehicle may be scrapped. Source: tender R09 (登记审核通过). */
const admittedStates: readonly string[] = ['admitted', 'handedOver', 'entryReview', 'dismantling'];

/** Where a case may be withdrawn at all. */
const withdrawableStates: readonly string[] = vehicleCase.actions.holdForWithdrawal.from;

/** The step of a withdrawal upon its case. `key` makes a repetition harmless. */
interface CaseStep {
  readonly caseId: string;
  readonly key: string;
  readonly reason: string;
  readonly traceId: string;
}

/** The system itself, in whose name a withdrawal moves its case: whoever decided stands, signed, in the withdrawal. */
const withdrawalActor: StepActor = {
  id: 'system:withdrawal',
  name: vehicleCase.actors.withdrawal.title,
  organisationId: null,
  organisationName: null,
  ip: '',
};

const obstaclesOf = (snapshot: FoundCase['loaded']['snapshot'], now: Date): readonly Obstacle[] => {
  const next = snapshot.holds.includes('withdrawal') ? 'withdraw' : 'holdForWithdrawal';
  const stateTitle = getState(lifecycle, snapshot.state).title;
  return standingRefusals(lifecycle, snapshot, next, now).map(({ why, path, message }) =>
    why === 'wrong-state'
      ? { path, message: `案卷现处于“${stateTitle}”，不能申请撤销；提交受理之后、拆解之前的案卷才能撤销` }
      : { path, message },
  );
};

const looked = ({ row, snapshot }: Omit<FoundCase['loaded'], 'sealed' | 'beside'>, now: Date) => {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const { papers } = snapshot.record.sections;
  return {
    id: row.id,
    caseNo: row.case_no,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    districtCode: row.district_code,
    state: snapshot.state,
    stateTitle: getState(lifecycle, snapshot.state).title,
    ended: getState(lifecycle, snapshot.state).kind === 'final',
    withdrawable: withdrawableStates.includes(snapshot.state),
    admitted: admittedStates.includes(snapshot.state),
    externalCaseId: snapshot.record.externalCaseId,
    certificateNo: snapshot.record.certificate?.certificateNo ?? null,
    plateNo: text(papers.plateNo),
    plateTypeCode: text(papers.plateTypeCode),
    vin: text(papers.vin),
    brandModel: text(papers.brandModel),
    /** Why the case cannot be withdrawn as it stands; nothing when it can. */
    obstacles: obstaclesOf(snapshot, now),
  };
};

/** What a withdrawal may ask of vehicle cases and do to them, all of it in the withdrawal's own transaction. Source: tender R08, R09. */
export const caseWithdrawing = (parts: FlowParts, engine: Engine<VehicleCase, FoundCase>) => {
  const take =
    (action: VehicleCaseAction, takesReason: boolean) =>
    async (tx: Tx, { caseId, key, reason, traceId }: CaseStep): Promise<readonly Refusal[]> => {
      const result = await engine.performIn(tx, {
        caseId,
        action,
        input: takesReason ? { reason } : {},
        expectedVersion: undefined,
        stepKey: `${key}:${action}`.slice(0, 64),
        actor: withdrawalActor,
        traceId,
        mayAct: () => true,
      });
      if (result.outcome === 'not-found') throw new Error(`there is no case ${caseId}`);
      return result.outcome === 'refused' ? result.refusals : [];
    };
  return {
    find: async (db: Db | Tx, caseId: string, now: Date) => {
      const found = await findCase(db, parts.crypto, caseId, everyRow);
      return found && looked(found, now);
    },
    /** Whether the case is among the rows, as access control sees it. */
    isWithin: async (db: Db | Tx, caseId: string, rows: Predicate): Promise<boolean> =>
      (await findStanding(db, caseId, rows)) !== undefined,
    hold: take('holdForWithdrawal', false),
    release: take('releaseFromWithdrawal', true),
    withdraw: take('withdraw', true),
    obstacleToAccepting: parts.obstacleToAccepting,
    obstacleToCarryingOver: (tx: Tx, wanted: { readonly fromId: string; readonly organisationId: string }) =>
      obstacleToCarryingOver(parts, tx, wanted),
    carryOver: (tx: Tx, over: CarryOver) => carryOver(parts, tx, over),
    exchangeViews: (sent: readonly OutboxView[], mayRetry: boolean) => [...exchangeViews(sent, [], mayRetry)],
  };
};
