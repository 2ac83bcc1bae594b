import type { Access } from '#kernel/access/access.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { StepVerifier } from '#kernel/lifecycle/verified-steps.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { Withdrawal } from '../model/withdrawal.record.ts';
import type { VehicleCases } from './vehicle-cases.ts';
import type { FoundWithdrawal } from './withdrawal.store.ts';

/** What withdrawals are put together from. */
export interface WithdrawalParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly settings: RuntimeSettings;
  readonly signer: PersonalSigner;
  readonly access: Access;
  readonly files: FileStore;
  readonly organisations: Organisations;
  readonly cases: VehicleCases;
  readonly notices: Telling;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
}

/** Everything the handlers of withdrawals work with. */
export interface WithdrawalDesk extends WithdrawalParts, StepVerifier {
  readonly engine: Engine<Withdrawal, FoundWithdrawal>;
}
