import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Obstacle } from '#kernel/lifecycle/lifecycle.ts';

/** What is kept of a withdrawal. */
export interface WithdrawalRecord {
  readonly application: AnyDraft;
  /** The vehicle as the case called it when the application was opened, and again when it was handed in. */
  readonly vehicle: {
    readonly caseNo: string;
    readonly plateNo: string | null;
    readonly plateTypeCode: string | null;
    readonly vin: string | null;
    readonly brandModel: string | null;
  };
  /** Where the case stood when the application was handed in; null before. */
  readonly caseStood: { readonly stateTitle: string; readonly admitted: boolean } | null;
  /** The enterprise the owner chose, as it was called when the application was handed in. */
  readonly successor: { readonly id: string; readonly name: string } | null;
  /** The case the new enterprise took over into. */
  readonly successorCase: { readonly id: string; readonly caseNo: string } | null;
  /** Why it was refused, declined or sent back by the national system; null otherwise. */
  readonly refusalReason: string | null;
}

/** A withdrawal as guards see it: with its papers, and its case as that stands now. */
export interface Withdrawal extends WithdrawalRecord {
  readonly papers: readonly { readonly id: string; readonly part: string; readonly sm3: string }[];
  readonly case: {
    /** The commission has said that the vehicle may be scrapped. */
    readonly admitted: boolean;
    /** The number under which the national system knows the vehicle; null while it was not reported. */
    readonly externalCaseId: string | null;
    readonly certificateNo: string | null;
    /** Why the case cannot be withdrawn as it stands now. */
    readonly obstacles: readonly Obstacle[];
  };
}

/** What is kept of a withdrawal; papers and the case live in tables of their own. */
export const keptOf = ({ papers: _papers, case: _case, ...record }: Withdrawal): WithdrawalRecord => record;

/** Whether the vehicle goes to another enterprise. */
export const changesEnterprise = ({ application }: Pick<WithdrawalRecord, 'application'>): boolean =>
  application.kind === 'change-enterprise';
