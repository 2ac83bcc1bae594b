import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Crypto, KeyKeeper } from './crypto.ts';
import { storedKeys } from './key.store.ts';
import type { MasterKeys } from './master-key.ts';
import { softwareCrypto } from './software.ts';

/** An edition of cryptography with the keeper of its keys. */
export interface CryptoEdition {
  readonly crypto: Crypto;
  readonly keeper: KeyKeeper;
}

/** The software edition over the data keys that lie sealed in the database. */
export const softwareEdition = (db: Db, masterKey: Buffer | MasterKeys, clock: Clock): CryptoEdition => {
  const { ring, keeper } = storedKeys(db, masterKey, clock);
  return { crypto: softwareCrypto(ring), keeper };
};
