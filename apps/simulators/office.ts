import type { EnterpriseSystem } from './enterprise/enterprise-system.ts';
import type { FaultBook } from './faults.ts';
import type { Journal } from './journal.ts';
import type { NonceMemory } from './link/guard.ts';
import type { KeyPair } from './link/sm2.ts';
import type { World } from './world.ts';

/** The keys of the link as this side holds them. */
export interface SimulatorLink {
  readonly keys: KeyPair;
  /** The application id the supervision system signs under. */
  readonly peerAppId: string;
  readonly verifyPeer: (text: string, signature: string) => boolean;
  /** The SM4 key of sealed fields, 16 bytes. */
  readonly sealKey: Uint8Array;
}

/** What all simulated systems share. */
export interface Office {
  readonly world: World;
  readonly faults: FaultBook;
  readonly journal: Journal;
  readonly nonces: NonceMemory;
  readonly link: SimulatorLink;
  readonly clock: () => Date;
  /** A dismantler's own system, which calls the supervision system by itself. */
  readonly enterprise: EnterpriseSystem;
}

/** The application id a simulated system signs under. */
export const appIdOf = (system: string): string => `sim-${system}`;
