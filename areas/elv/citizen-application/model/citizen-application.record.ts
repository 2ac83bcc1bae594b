import type { AnyDraft } from '#kernel/fields/field.ts';
import type { GivenConsent } from './consents.ts';

/** Who applies: the owner, or somebody for the owner. */
export type ApplyingAs = 'owner' | 'agent';

/** What is kept of an application; sealed as a whole. The sections are those of the vehicle case, which they go into. */
export interface ApplicationRecord {
  readonly as: ApplyingAs | null;
  readonly sections: Readonly<Record<'papers' | 'owner' | 'agent', AnyDraft>>;
  /** The owner's name as the licence was read; null while none was. */
  readonly licenceOwner: string | null;
  readonly enterprise: { readonly id: string; readonly name: string } | null;
  /** What was agreed to while it was filled in, with the moment: before papers of people are photographed. */
  readonly agreed: readonly (GivenConsent & { readonly at: string })[];
  /** What was agreed to when it was handed in, with the moment. */
  readonly consents: readonly (GivenConsent & { readonly at: string })[];
  /** Why the enterprise did not take it; null otherwise. */
  readonly declineReason: string | null;
  /** The case the enterprise opened for it. */
  readonly case: { readonly id: string; readonly caseNo: string } | null;
}

/** An application as guards see it: with its photographs. */
export interface CitizenApplication extends ApplicationRecord {
  readonly photos: readonly { readonly id: string; readonly part: string; readonly sm3: string }[];
}

/** What is kept; photographs have a table of their own. */
export const keptOf = ({ photos: _photos, ...record }: CitizenApplication): ApplicationRecord => record;

/** An application on the day it is begun, with what is known of the vehicle. */
export const emptyApplication = (papers: AnyDraft): ApplicationRecord => ({
  as: null,
  sections: {
    papers: { registeredWithPolice: true, ...papers },
    owner: { ownerKind: 'person' },
    agent: { hasAgent: false },
  },
  licenceOwner: null,
  enterprise: null,
  agreed: [],
  consents: [],
  declineReason: null,
  case: null,
});
