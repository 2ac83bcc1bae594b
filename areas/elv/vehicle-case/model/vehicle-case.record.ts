import type { AnyDraft } from '#kernel/fields/field.ts';
import type { CheckView, SectionId } from './vehicle-case.views.ts';

/** The kinds of questions asked outside about a case. */
export type CheckKind = CheckView['kind'];

/** The last answer to a question, or how the asking stands. Unanswered is never "fine". */
export interface CheckOutcome {
  readonly status: CheckView['status'];
  readonly verdict: CheckView['verdict'];
  readonly text: string;
}

/** Who decided on supervised destruction and how; the rule may be raised by staff, lowered only by the commission. Source: domain 2.3. */
export interface SupervisionDecision {
  readonly byRule: boolean;
  readonly byPolice: boolean;
  readonly raised: boolean;
  readonly lowered: boolean;
}

/** What the vehicle desk holds of an asserted identity: it is the vehicle's, or what was dismantled is not the vehicle handed in. */
export type IdentityFinding = 'agreed' | 'rejected' | null;

/** Where another identity of the vehicle may be asserted, and where the case goes on when that is dropped. Source: ADR 0053. */
export const assertableStates = ['dismantling', 'reportRefused', 'correcting', 'certified'] as const;

/** The parts of a case that an assertion may change. */
export const assertedSections = ['papers', 'owner', 'agent'] as const satisfies readonly SectionId[];

/** A case as it was when another identity was asserted; kept until that is settled, so that the case may go on as if nothing had been. Source: ADR 0053. */
export interface AcceptedCase {
  readonly state: (typeof assertableStates)[number];
  /** When it was asserted, and when the period of its state would have run out; ISO. */
  readonly since: string;
  readonly deadlineAt: string | null;
  readonly sections: Readonly<Record<(typeof assertedSections)[number], AnyDraft>>;
  /** The photographs of those sections. */
  readonly photoIds: readonly string[];
  readonly supervision: SupervisionDecision;
  readonly returnReason: string | null;
}

/** Why another frame number or plate is asserted once the vehicle is in pieces, and as what it was accepted and certified. */
export interface AssertedIdentity {
  readonly reason: string;
  readonly finding: IdentityFinding;
  readonly registered: boolean;
  readonly certificateNo: string | null;
  readonly was: { readonly vin: string; readonly plateNo: string };
  /** The desk has found another vehicle and has not agreed since, however often it was handed in and returned meanwhile. */
  readonly heldWrong?: true;
  /** The national system would not give the report back that was asked for after this handing-in. */
  readonly notTakenBack?: true;
  /** Gone once the case goes on as another vehicle's. */
  readonly accepted?: AcceptedCase;
  /** What was asserted and confirmed of the case before. */
  readonly earlier?: AssertedIdentity;
}

/** What is kept in the case's record: the sections as filled, and what steps wrote beside them. */
export interface VehicleCaseRecord {
  readonly sections: Readonly<Record<SectionId, AnyDraft>>;
  readonly supervision: SupervisionDecision;
  /** Server upload time of the tow slip with which the hand-over was confirmed; it stays when the slip is exchanged later. ISO. Source: tender R03. */
  readonly handedOverAt: string | null;
  readonly certificate: {
    readonly certificateNo: string;
    readonly issuedOn: string;
    readonly qrUrl: string | null;
  } | null;
  readonly externalCaseId: string | null;
  readonly deregistrationNo: string | null;
  readonly deregistrationCertificate: { readonly certificateNo: string; readonly issuedOn: string } | null;
  /** The reason of the last return, shown on top until the case is handed in again. */
  readonly returnReason: string | null;
  /** Of most cases never. */
  readonly identity?: AssertedIdentity;
}

/** A case as guards see it: the record, the photographs in place, the answers from outside. */
export interface VehicleCase extends VehicleCaseRecord {
  readonly photos: readonly { readonly part: string; readonly uploadedAt: string; readonly sm3: string }[];
  readonly checks: Readonly<Partial<Record<CheckKind, CheckOutcome>>>;
}

/** A case on the day it is opened. */
export const emptyRecord = (registeredWithPolice: boolean): VehicleCaseRecord => ({
  sections: {
    papers: { registeredWithPolice },
    owner: { ownerKind: 'person' },
    agent: { hasAgent: false },
    tow: {},
    entry: {},
    dismantling: {},
    deregistration: {},
    collection: {},
  },
  supervision: { byRule: false, byPolice: false, raised: false, lowered: false },
  handedOverAt: null,
  certificate: null,
  externalCaseId: null,
  deregistrationNo: null,
  deregistrationCertificate: null,
  returnReason: null,
});

/** Whether the vehicle must be dismantled under police supervision. */
export const isSupervised = ({ supervision }: Pick<VehicleCaseRecord, 'supervision'>): boolean =>
  !supervision.lowered && (supervision.raised || supervision.byPolice || supervision.byRule);

/** Whether the vehicle stands on the police register; vehicles that do not are neither compared nor deregistered. Source: tender R01. */
export const isRegistered = (record: Pick<VehicleCaseRecord, 'sections'>): boolean =>
  record.sections.papers.registeredWithPolice !== false;

/**
 * The record by what its vehicle was accepted as, for whoever is told of the case by its vehicle: nothing else is known of it while another identity is
 * in question, or when another vehicle proved to have been dismantled. Source: ADR 0053.
 */
export const asAccepted = <R extends Pick<VehicleCaseRecord, 'sections' | 'identity'>>(record: R): R => {
  const accepted = record.identity?.accepted;
  return accepted ? { ...record, sections: { ...record.sections, ...accepted.sections } } : record;
};
