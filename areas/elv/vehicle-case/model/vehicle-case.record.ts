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
  /** Why another frame number or plate is asserted once the vehicle is in pieces, and as what it was accepted and certified; of most cases never. */
  readonly identity?: {
    readonly reason: string;
    readonly finding: IdentityFinding;
    readonly registered: boolean;
    readonly certificateNo: string | null;
    readonly was: { readonly vin: string; readonly plateNo: string };
  };
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
