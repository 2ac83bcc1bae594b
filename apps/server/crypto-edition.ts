import { type CryptoEdition, softwareEdition } from '#kernel/crypto/edition.ts';
import { MasterKeyWrong } from '#kernel/crypto/key.store.ts';
import { readMasterKey } from '#kernel/crypto/master-key.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Settings, SettingsWrong } from './settings.ts';

/** The edition of cryptography the settings ask for, its keys looked at. Errors: throws {@link SettingsWrong}. */
export const startEdition = async (settings: Settings, db: Db, clock: Clock): Promise<CryptoEdition> => {
  const edition = softwareEdition(db, await readMasterKey(settings.masterKeyFile, settings.mode === 'demo'), clock);
  try {
    await edition.keeper.list();
  } catch (error) {
    throw error instanceof MasterKeyWrong ? new SettingsWrong(error.message) : error;
  }
  return edition;
};
