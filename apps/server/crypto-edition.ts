import { existsSync, readFileSync } from 'node:fs';
import { cloudEdition, movingEdition } from '#kernel/crypto/cloud.ts';
import { CloudCryptoFailed, type CloudKeys, cloudDoor, cloudKeysSchema } from '#kernel/crypto/cloud-door.ts';
import { MasterKeyWrong } from '#kernel/crypto/data-key.store.ts';
import { type CryptoEdition, softwareEdition } from '#kernel/crypto/edition.ts';
import { hasStoredKeys } from '#kernel/crypto/key.store.ts';
import { masterKeysAt } from '#kernel/crypto/master-key.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Jobs, Repeating } from '#kernel/jobs/jobs.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Settings, SettingsWrong } from './settings.ts';

const softwareOf = async (settings: Settings, db: Db, clock: Clock): Promise<CryptoEdition> => {
  const edition = softwareEdition(db, await masterKeysAt(settings.masterKeyFile, settings.mode === 'demo'), clock);
  try {
    await edition.keeper.list();
  } catch (error) {
    throw error instanceof MasterKeyWrong ? new SettingsWrong(error.message) : error;
  }
  return edition;
};

const cloudKeysOf = (file: string): CloudKeys => {
  if (!existsSync(file)) throw new SettingsWrong(`CRYPTO_KEYS_FILE 指向的文件 ${file} 不存在`);
  try {
    return cloudKeysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new SettingsWrong(`${file} 的内容不符合要求：应有 appId、privateKey（64 位）、servicePublicKey（130 位）`);
  }
};

/**
 * The edition of cryptography the settings ask for, its keys looked at. With a cloud service over data that software keys have sealed, both: everything moves over
 * at the next renewal of keys. Errors: throws {@link SettingsWrong} for a service that is not there, is not itself, or is not certified where that is required.
 */
export const startEdition = async (settings: Settings, db: Db, clock: Clock): Promise<CryptoEdition> => {
  const { url, keysFile, requireCertified } = settings.crypto;
  if (url === null) return softwareOf(settings, db, clock);
  const door = cloudDoor({ url, keys: cloudKeysOf(keysFile), clock });
  try {
    const { name, certified } = await door.status();
    if (requireCertified && !certified)
      throw new SettingsWrong(
        `REQUIRE_CERTIFIED_CRYPTO=true，但密码服务“${name}”没有声明经过商用密码认证（GB/T 37092 二级），不能启动`,
      );
    const cloud = cloudEdition(door, clock, certified);
    await cloud.keeper.list();
    return (await hasStoredKeys(db)) ? movingEdition(cloud, await softwareOf(settings, db, clock)) : cloud;
  } catch (error) {
    if (!(error instanceof CloudCryptoFailed)) throw error;
    throw new SettingsWrong(`密码服务 ${url} 连接不上，或应答签名与 CRYPTO_KEYS_FILE 不符：${error.message}`);
  }
};

const watchMs = 5_000;

/**
 * Looks at the keys every few seconds, so that a process nobody asks anything of does not sleep through a renewal and seal its next text under a key that is retired
 * by then.
 */
export const watchKeys = ({ keeper }: CryptoEdition, jobs: Jobs): Repeating =>
  jobs.repeat('key-watch', watchMs, () => keeper.list(), 'every-process');
