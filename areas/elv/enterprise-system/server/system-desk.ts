import type { Access } from '#kernel/access/access.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { StepVerifier } from '#kernel/lifecycle/verified-steps.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { EnterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import type { SystemRules } from '../model/system-rules.ts';
import type { FoundSystem } from './enterprise-system.store.ts';

/** What enterprises' systems work with. */
export interface SystemParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  readonly access: Access;
  readonly outbox: Pick<Outbox, 'put' | 'latestOf' | 'retryNow'>;
  readonly organisations: Organisations;
  readonly rules: SystemRules;
  /** False when the nonce was used within the last ten minutes. */
  readonly takeNonce: (db: Db, appId: string, nonce: string) => Promise<boolean>;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
}

/** The same with the engine of their lifecycle, and what its steps are verified with. */
export interface SystemDesk extends SystemParts, StepVerifier {
  readonly engine: Engine<EnterpriseSystem, FoundSystem>;
}

/** Who signs messages to enterprises' systems: the platform itself, by a key of its own. */
const platform = 'service:enterprise-systems';

/** The platform's signature over a text, and the public key it is checked with; the key is made with the first of them. */
export const signAsPlatform = (
  { signer }: Pick<SystemParts, 'signer'>,
  db: Db | Tx,
  text: string,
): Promise<{ readonly publicKey: string; readonly signature: string }> => signer.sign(db, platform, text);
