import type { VehicleCaseAction, VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';

// Who may do what where and where it leads, written from the tender's flow and apart from the definition and `decide`.

/** The parts people play towards a case. */
export type Part = 'clerk' | 'desk' | 'commission';

/** What is done beside the flow. */
export const raise: VehicleCaseAction = 'raiseSupervision';
/** What is done beside the flow. */
export const lower: VehicleCaseAction = 'lowerSupervision';
/** What is done beside the flow. */
export const lift: VehicleCaseAction = 'liftFreeze';
/** What each part may do beside the flow. */
export const aside: Readonly<Record<Part, readonly VehicleCaseAction[]>> = {
  clerk: [raise],
  desk: [raise],
  commission: [raise, lower],
};

/** What each part does next in each state. */
export const flow: Readonly<Record<VehicleCaseState, Readonly<Partial<Record<Part, readonly VehicleCaseAction[]>>>>> = {
  intake: { clerk: ['submit', 'discard'] },
  comparing: { desk: ['takeOver'] },
  deskReview: { desk: ['passDesk', 'returnDesk', 'refuse'] },
  confirming: { commission: ['confirm', 'returnConfirm'] },
  admitted: { clerk: ['handOver'] },
  handedOver: { clerk: ['enter'] },
  entryReview: { commission: ['passEntry', 'returnEntry'] },
  dismantling: { clerk: ['submitDismantling', 'requestIdentity'] },
  dismantleReview: { commission: ['passDismantling', 'returnDismantling'] },
  policeReview: { commission: ['resendSupervised'] },
  reporting: {},
  reportRefused: { clerk: ['requestIdentity'], commission: ['resendReport', 'returnReport', 'returnPapers'] },
  correcting: { clerk: ['submitCorrection', 'requestIdentity'] },
  correctionReview: { commission: ['passCorrection', 'returnCorrection'] },
  identityCorrecting: { clerk: ['submitIdentity', 'dropIdentity'], commission: ['endWrongVehicle'] },
  identityReview: {
    desk: ['passIdentity', 'rejectIdentity', 'returnIdentity'],
    commission: ['dropIdentityDecision', 'endWithReportStanding'],
  },
  identityConfirming: {
    commission: ['confirmIdentity', 'returnIdentityDecision', 'endWrongVehicle', 'dropIdentityDecision'],
  },
  identityTakingBack: {},
  certified: { clerk: ['reportDeregistration', 'requestIdentity'] },
  deregistering: {},
  deregistered: { clerk: ['collect'] },
  closed: {},
  refused: {},
  discarded: {},
  withdrawn: {},
  wronglyDismantled: {},
};

/** Where things are done beside the flow. */
export const withAside: ReadonlySet<VehicleCaseState> = new Set([
  'intake',
  'deskReview',
  'confirming',
  'admitted',
  'handedOver',
  'entryReview',
  'dismantling',
]);

/** What each part may ever do, wherever a case rests. */
export const permittedTo = (part: Part): ReadonlySet<VehicleCaseAction> =>
  new Set([
    ...aside[part],
    ...(part === 'commission' ? [lift] : []),
    ...Object.values(flow).flatMap((parts) => parts[part] ?? []),
  ]);

/** The sections a clerk fills in each state. */
export const filledIn: Readonly<Partial<Record<VehicleCaseState, readonly SectionId[]>>> = {
  intake: ['papers', 'owner'],
  admitted: ['tow'],
  handedOver: ['entry'],
  dismantling: ['dismantling'],
  correcting: ['papers', 'owner'],
  identityCorrecting: ['papers', 'owner'],
  certified: ['deregistration'],
  deregistered: ['collection'],
};

/** Where an action leads, where that is one state. */
export const targets: Readonly<Partial<Record<VehicleCaseAction, VehicleCaseState>>> = {
  discard: 'discarded',
  takeOver: 'deskReview',
  passDesk: 'confirming',
  returnDesk: 'intake',
  refuse: 'refused',
  confirm: 'admitted',
  returnConfirm: 'intake',
  handOver: 'handedOver',
  enter: 'entryReview',
  passEntry: 'dismantling',
  returnEntry: 'handedOver',
  passDismantling: 'reporting',
  returnDismantling: 'dismantling',
  resendReport: 'reporting',
  returnReport: 'dismantling',
  returnPapers: 'correcting',
  submitCorrection: 'correctionReview',
  passCorrection: 'reporting',
  returnCorrection: 'correcting',
  requestIdentity: 'identityCorrecting',
  submitIdentity: 'identityReview',
  passIdentity: 'identityConfirming',
  rejectIdentity: 'identityConfirming',
  endWithReportStanding: 'wronglyDismantled',
  returnIdentity: 'identityCorrecting',
  returnIdentityDecision: 'identityCorrecting',
  resendSupervised: 'policeReview',
  reportDeregistration: 'deregistering',
  collect: 'closed',
};

/** What the national system says no to where a case waits for it. */
export const refusedIn = (state: VehicleCaseState): string =>
  state === 'deregistering'
    ? 'submit-deregistration'
    : state === 'identityTakingBack'
      ? 'withdraw-scrap-case'
      : 'submit-scrap-case';
