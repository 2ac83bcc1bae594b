import type { Predicate } from '#kernel/access/predicate.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Refusal } from '#kernel/lifecycle/decide.ts';
import type { Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import type { WithdrawalView } from '../model/withdrawal.views.ts';

/** A vehicle case as a withdrawal needs to know it. */
export interface CaseInHand {
  readonly id: string;
  readonly caseNo: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly districtCode: string | null;
  readonly stateTitle: string;
  /** Nothing can happen to it any more. */
  readonly ended: boolean;
  /** It rests where a case may be withdrawn at all; whether this one may now, its obstacles say. */
  readonly withdrawable: boolean;
  readonly admitted: boolean;
  readonly externalCaseId: string | null;
  readonly certificateNo: string | null;
  readonly plateNo: string | null;
  readonly plateTypeCode: string | null;
  readonly vin: string | null;
  readonly brandModel: string | null;
  readonly obstacles: readonly Obstacle[];
}

/** The system's step upon a case; `key` makes a repetition harmless. */
export interface CaseStep {
  readonly caseId: string;
  readonly key: string;
  readonly reason: string;
  readonly traceId: string;
}

/** Who takes a vehicle over. */
export interface Taking {
  readonly fromId: string;
  readonly reference: string;
  readonly by: {
    readonly id: string;
    readonly organisationId: string;
    readonly organisationName: string;
    readonly organisationCode: string;
    readonly districtCode: string | null;
  };
  readonly actor: StepActor;
  readonly now: Date;
  readonly traceId: string;
}

/** What withdrawals ask of vehicle cases and do to them, in the withdrawal's own transaction. Given by whoever puts the area together. */
export interface VehicleCases {
  find(db: Db | Tx, caseId: string, now: Date): Promise<CaseInHand | undefined>;
  isWithin(db: Db | Tx, caseId: string, rows: Predicate): Promise<boolean>;
  hold(tx: Tx, step: CaseStep): Promise<readonly Refusal[]>;
  release(tx: Tx, step: CaseStep): Promise<readonly Refusal[]>;
  withdraw(tx: Tx, step: CaseStep): Promise<readonly Refusal[]>;
  /** Why an enterprise may not accept a vehicle now, in a sentence; null where it may, until the transaction has ended. */
  obstacleToAccepting(tx: Tx, organisationId: string, now: Date): Promise<string | null>;
  /** Why an enterprise may not take the case's vehicle over now, in a sentence: another case has it. Null while it is free. */
  obstacleToCarryingOver(
    tx: Tx,
    wanted: { readonly fromId: string; readonly organisationId: string },
  ): Promise<string | null>;
  carryOver(tx: Tx, taking: Taking): Promise<{ readonly id: string; readonly caseNo: string }>;
  /** Messages as pages show them. */
  exchangeViews(sent: readonly OutboxView[], mayRetry: boolean): WithdrawalView['exchanges'];
}
