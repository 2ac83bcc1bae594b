import type { VehicleCaseAction } from './vehicle-case.lifecycle.ts';

/** That a step has led a case into a state, as it is told to whoever follows cases. */
export interface CaseMoved {
  readonly caseId: string;
  readonly caseNo: string;
  /** The case's version after the step: case number and version name the event. */
  readonly version: number;
  readonly round: number;
  readonly action: VehicleCaseAction;
  readonly state: string;
  readonly stateTitle: string;
  readonly enterpriseId: string;
  /** Why, where the step was given a reason: of a return, a refusal, a withdrawal; as somebody wrote it, so whoever tells it outside looks at it first. */
  readonly reason: string | null;
  /** Asks for the enterprise's own number of the matter; null where its system did not open the case. */
  reference(): Promise<string | null>;
  readonly at: Date;
  readonly traceId: string;
}
