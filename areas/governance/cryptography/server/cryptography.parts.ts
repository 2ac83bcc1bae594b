import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Crypto, KeyKeeper } from '#kernel/crypto/crypto.ts';
import type { ReleaseState } from '#kernel/crypto/release-manifest.ts';
import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import type { Db } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { SignInRules } from '../../account/model/sign-in-rules.ts';

/** How the server runs, as far as the self-check tells of it. */
export interface Posture {
  /** People reach it by https. */
  readonly encrypted: boolean;
  readonly requireCertified: boolean;
  readonly release: () => ReleaseState | null;
}

/** What keys and the self-check work with. */
export interface CryptographyParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly keeper: KeyKeeper;
  readonly clock: Clock;
  readonly access: StoredAccess;
  /** Files as the product reads them. */
  readonly files: FileStore;
  /** Where their bytes lie. */
  readonly store: FileStore;
  readonly tables: readonly SealedTable[];
  readonly rules: SignInRules;
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
  readonly posture: Posture;
  /** How long a renewal waits after new keys were made, in ms. */
  readonly quietMs: number;
  readonly onFailure: (error: unknown) => void;
}
