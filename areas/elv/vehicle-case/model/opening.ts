import type { AnyDraft } from '#kernel/fields/field.ts';

/** For whom cases are opened, and whose doing it is. */
export interface OpeningFor {
  readonly personId: string;
  readonly personName: string;
  readonly ip: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly enterpriseCode: string;
  readonly districtCode: string | null;
  readonly now: Date;
  readonly traceId: string;
}

/** A case to be opened with what is known of it. `key` opens one case, ever; `told` goes into its log. */
export interface CaseToOpen {
  readonly key: string;
  readonly caseNo: string;
  readonly sections: Readonly<Record<'papers' | 'owner' | 'agent', AnyDraft>>;
  readonly told: Readonly<Record<string, unknown>>;
}

/** Where a step has led a case. `originKey` tells what the first case of the vehicle was opened for, of which this one may be the next. */
export interface CasePassage {
  readonly originKey: string;
  readonly caseId: string;
  readonly version: number;
  readonly fromState: string;
  readonly toState: string;
  readonly at: Date;
  readonly traceId: string;
}

/** A case that goes on under another enterprise: `from` has ended with that version, `to` begins. */
export interface CaseSuccession {
  readonly originKey: string;
  readonly from: { readonly version: number };
  readonly to: {
    readonly id: string;
    readonly caseNo: string;
    readonly enterpriseId: string;
    readonly enterpriseName: string;
  };
  readonly at: Date;
  readonly traceId: string;
}
