import type { Access, Subject } from '#kernel/access/access.ts';
import type { Asking } from '#kernel/connector/asking.ts';
import type { Outbox, OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Tickets } from '#practices/captcha/server/tickets.ts';
import type { QuietHours } from '#practices/notice/model/quiet-hours.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { PaperReader } from '#practices/paper-reading/model/paper-reading.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { CaseTrail } from '../../progress/model/public-stages.ts';
import type { ExchangeView } from '../../vehicle-case/model/vehicle-case.views.ts';
import type { CitizenApplication } from '../model/citizen-application.record.ts';
import type { CitizenRules } from '../model/real-name.ts';
import type { FoundApplication } from './application.store.ts';
import { citizenIdPrefix } from './citizen.store.ts';
import type { CitizenPhotoTable } from './citizen-application.tables.ts';

/** A case to be opened from an application: what was filled in and photographed goes along. */
export interface AppliedCase {
  /** The one thing it may be opened for. */
  readonly openKey: string;
  readonly applicationNo: string;
  readonly sections: Readonly<Record<'papers' | 'owner' | 'agent', AnyDraft>>;
  readonly photos: readonly CitizenPhotoTable[];
  /** Who took the photographs, for the case's own record. */
  readonly uploader: { readonly id: string; readonly name: string };
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

/** What applications ask of vehicle cases and do to them. Given by whoever puts the area together. */
export interface CasesOfCitizens {
  open(tx: Tx, applied: AppliedCase): Promise<{ readonly id: string; readonly caseNo: string }>;
  /** The number of the case an enterprise has of a vehicle already; undefined where it has none. */
  inHand(tx: Tx, enterpriseId: string, vin: string): Promise<string | undefined>;
  /** Whether some enterprise has accepted the vehicle, until the transaction has ended. */
  accepted(tx: Tx, vin: string): Promise<boolean>;
  /** Begins to read the papers of a case that was just opened. */
  readPapers(caseId: string): Promise<void>;
  trail(db: Db, caseId: string): Promise<CaseTrail | undefined>;
  exchangeViews(sent: readonly OutboxView[]): ExchangeView[];
}

/** Which enterprises may accept vehicles. */
export interface AcceptingEnterprises {
  /** Why an enterprise may not accept a vehicle now, in a sentence; null where it may, until the transaction has ended. */
  obstacle(tx: Tx, organisationId: string, now: Date): Promise<string | null>;
  /** Of these organisations those that may. */
  among(db: Db | Tx, organisationIds: readonly string[], now: Date): Promise<ReadonlySet<string>>;
}

/** What citizens' applications are put together from. */
export interface CitizenParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly settings: RuntimeSettings;
  readonly signer: PersonalSigner;
  readonly access: Access & { refresh(): Promise<void> };
  readonly files: FileStore;
  readonly reader: PaperReader;
  readonly notices: Telling;
  readonly organisations: Organisations;
  readonly asking: Asking;
  readonly tickets: Tickets;
  readonly rules: CitizenRules;
  readonly cases: CasesOfCitizens;
  readonly enterprises: AcceptingEnterprises;
  /** When no short message goes to citizens. */
  readonly quietHours: QuietHours | null;
  readonly demo: boolean;
  readonly jobs: Jobs;
  readonly onFailure: (error: unknown, about?: object) => void;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
}

/** Everything the handlers work with. */
export interface CitizenDesk extends CitizenParts {
  readonly engine: Engine<CitizenApplication, FoundApplication>;
}

/** The citizen behind a subject of the citizens' door. Errors: throws for anybody else, which is a defect. */
export const citizenIdOf = ({ id }: Subject): string => {
  if (!id.startsWith(citizenIdPrefix)) throw new Error('no citizen');
  return id;
};
