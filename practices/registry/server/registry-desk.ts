import type { Access } from '#kernel/access/access.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Engine, EngineParts, Hook } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { StepVerifier } from '#kernel/lifecycle/verified-steps.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { RegistryProfile } from '../model/profile.ts';
import type { RegistryCase } from '../model/registry-record.ts';
import type { CompanyRegister } from './company-register.ts';
import type { Organisations } from './organisations.ts';
import type { EntryTable } from './registry.tables.ts';

/** What a flow of its own does in its steps beside what every registry does. */
export interface FlowHands {
  readonly hooks: Readonly<Record<string, Hook<RegistryCase>>>;
  readonly deadline: EngineParts<RegistryCase>['deadline'];
  /** The words that stand beside the states of these entries today before a person, as `mark` of the flow has them, by their ids; entries without one are left out. */
  readonly marks: (
    db: Db,
    entries: readonly Pick<EntryTable, 'id' | 'organisation_id'>[],
    /** `may`: whether the person may do that verb on the entry of that id. */
    seen: { readonly today: string; readonly may: (verb: string, id: string) => boolean },
  ) => Promise<ReadonlyMap<string, string>>;
}

/** What a registry is put together from. */
export interface RegistryParts {
  readonly profile: RegistryProfile;
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly settings: RuntimeSettings;
  readonly signer: PersonalSigner;
  readonly access: Access;
  readonly files: FileStore;
  readonly organisations: Organisations;
  readonly notices: Telling;
  readonly register: CompanyRegister;
  /** Left out where a registry does what all do. */
  readonly hands?: FlowHands;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
}

/** Everything the handlers of a registry work with. */
export interface RegistryDesk extends RegistryParts, StepVerifier {
  readonly engine: Engine<RegistryCase>;
}
