import { fill, openFor } from '#apps/server/demo/walk.ts';
import type { VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { ActingCase, CaseFactory } from './case-factory.ts';
import type { ExpectedStep } from './case-witness.ts';

/** Where a message to an outside system is met in the life of a case, and what its answer or refusal leads to. */
export interface ExchangeSituation {
  /** A case in whose next carrying the message goes out. */
  readonly begin: (cases: CaseFactory) => Promise<ActingCase>;
  /** Where the case rests while the answer is missing. */
  readonly waitsIn: VehicleCaseState;
  /** The steps from the beginning until the answer has been taken. */
  readonly answered: readonly ExpectedStep[];
  /** The steps from the beginning until a refusal has been taken. */
  readonly refused: readonly ExpectedStep[];
  /** What a person does after a refusal. */
  readonly mend: (cases: CaseFactory, acting: ActingCase) => Promise<void>;
  /** Where the case rests when what was mended has been answered. */
  readonly mended: VehicleCaseState;
  /** Whether mending has the same thing said once more. */
  readonly asksAgain: boolean;
}

const certified: ExpectedStep = { action: 'certify', to: 'certified' };
const confirming: ExpectedStep = { action: 'match', to: 'confirming' };

/** A question of the automatic comparison: a refusal is an answer that a person judges. */
const compared: ExchangeSituation = {
  begin: (cases) => cases.at('comparing'),
  waitsIn: 'comparing',
  answered: [confirming],
  refused: [{ action: 'mismatch', to: 'deskReview' }],
  mend: (cases, acting) => cases.take(acting, 'passDesk'),
  mended: 'confirming',
  asksAgain: false,
};

/** A message the police take note of: the case goes on without it, and shows how it stands. */
const told: ExchangeSituation = {
  begin: (cases) => cases.at('reporting'),
  waitsIn: 'certified',
  answered: [certified],
  refused: [certified],
  mend: async (cases, acting) => {
    await cases.prepare(acting, 'reportDeregistration');
    await cases.take(acting, 'reportDeregistration');
  },
  mended: 'deregistered',
  asksAgain: false,
};

const reported: ExchangeSituation = {
  begin: (cases) => cases.at('reporting'),
  waitsIn: 'reporting',
  answered: [certified],
  refused: [{ action: 'refuseReport', to: 'reportRefused' }],
  mend: (cases, acting) => cases.take(acting, 'resendReport'),
  mended: 'certified',
  asksAgain: true,
};

const deregistered: ExchangeSituation = {
  begin: (cases) => cases.at('deregistering'),
  waitsIn: 'deregistering',
  answered: [{ action: 'acceptDeregistration', to: 'deregistered' }],
  refused: [{ action: 'refuseDeregistration', to: 'certified' }],
  mend: (cases, acting) => cases.take(acting, 'reportDeregistration'),
  mended: 'deregistered',
  asksAgain: true,
};

/** Every message the product sends, by `connector.exchange`. */
export const exchangeSituations: Readonly<Record<string, ExchangeSituation>> = {
  'identity.verify-person': {
    begin: async (cases) => {
      const walker = cases.walker();
      const id = await openFor(walker);
      await fill(walker, id, ['papers', 'owner', 'agent']);
      return { id, walker };
    },
    waitsIn: 'intake',
    answered: [],
    refused: [],
    mend: (cases, acting) => cases.recheck(acting),
    mended: 'intake',
    asksAgain: true,
  },
  'police.check-vehicle': compared,
  'police.compare-owner': compared,
  'police.check-duplicate-acceptance': compared,
  'police.submit-supervised-dismantling': {
    begin: (cases) => cases.at('policeReview', { kind: 'T' }),
    waitsIn: 'policeReview',
    // Received; the decision comes by itself and is proved apart.
    answered: [],
    refused: [{ action: 'returnSupervised', to: 'dismantling' }],
    mend: (cases, acting) => cases.take(acting, 'submitDismantling'),
    mended: 'policeReview',
    asksAgain: true,
  },
  'police.notify-recycled': told,
  'police.confirm-plate-destruction': told,
  'national-circulation.submit-scrap-case': reported,
  'national-circulation.get-recycling-certificate': reported,
  'national-circulation.submit-deregistration': deregistered,
  'national-circulation.get-deregistration-certificate': deregistered,
};

/** What is said about other matters than vehicle cases, and where that is proved. */
export const provedApart: Readonly<Record<string, string>> = {
  'data-lake.get-legal-person': 'areas/elv/dismantler/server/register-faults.test.ts',
  'data-lake.list-penalties': 'areas/elv/qualification/server/penalties.test.ts',
  'hotline.list-work-orders': 'areas/elv/qualification/server/complaints.test.ts',
  'enforcement.list-events': 'areas/elv/qualification/server/enforcement.test.ts',
  'enterprise-system.case-event': 'areas/elv/enterprise-system/server/webhooks.test.ts',
  'one-stop.exchange-code': 'areas/elv/citizen-application/server/citizen-sign-in.test.ts',
  'one-stop.get-person': 'areas/elv/citizen-application/server/citizen-sign-in.test.ts',
  'one-stop.list-vehicles': 'areas/elv/citizen-application/server/citizen-application.test.ts',
  'one-stop.report-stage': 'areas/elv/citizen-application/server/citizen-application.test.ts',
  'national-circulation.withdraw-scrap-case': 'areas/elv/withdrawal/server/national-side.test.ts',
  'police.withdraw-recycled': 'apps/server/proof/identity-told.test.ts',
  'police.withdraw-plate-destruction': 'apps/server/proof/identity-told.test.ts',
  'sms-gateway.send-sms': 'practices/notice/server/sending.test.ts',
  'sms-gateway.delivery-report': 'practices/notice/server/sending.test.ts',
  'mail-gateway.send-mail': 'practices/notice/server/sending.test.ts',
  'mail-gateway.delivery-report': 'practices/notice/server/sending.test.ts',
  'areas.hand-over': 'areas/governance/person/server/hand-over.test.ts',
};

/** What connectors know to say but nothing in the product says yet, and whose turn that will be. */
export const notYetSent: Readonly<Record<string, string>> = {
  'police.query-inspection-records': 'inspection records are shown by no page yet',
};
