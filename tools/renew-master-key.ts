/**
 * Puts a new master key in the place of the present one, while the system runs or stands still:
 *
 *     npm run renew-master-key                 on the only machine, or once the next key is on all of them
 *     npm run renew-master-key -- --prepare    makes the next key only, to be copied to the other machines first
 *
 * Reads the same settings as the server. May be killed at any moment and is then called again; nothing is unreadable in between.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDatabase } from '#apps/server/database.ts';
import { prepareMasterKey, renewMasterKey } from '#apps/server/renew-master-key.ts';
import { readSettings, SettingsWrong } from '#apps/server/settings.ts';
import { MasterKeyWrong } from '#kernel/crypto/data-key.store.ts';
import { nextMasterFile } from '#kernel/crypto/master-key.ts';
import { systemClock } from '#kernel/time/clock.ts';

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: { prepare: { type: 'boolean', default: false } } });
  const settings = readSettings(process.env, join(import.meta.dirname, '..'));
  const file = settings.masterKeyFile;
  if (!existsSync(file)) throw new SettingsWrong(`没有主密钥文件 ${file}：请检查 MASTER_KEY_FILE 或 DATA_DIR`);
  if (values.prepare) {
    const id = await prepareMasterKey(file);
    console.log(`新主密钥（编号 ${id}）已写入 ${nextMasterFile(file)}，尚未启用。`);
    console.log(
      '请把它放到每台服务器主密钥文件的旁边，再在其中一台运行 npm run renew-master-key，其余各台随后也运行一次。',
    );
    return;
  }
  const now = systemClock.now();
  const database = await startDatabase(settings, now);
  try {
    const done = await renewMasterKey({ db: database.db, file, now, onStage: () => undefined });
    console.log(
      `主密钥已更换，编号 ${done.id}：${done.keys} 把数据密钥都在其下（本次重新加密 ${done.rewrapped} 把），已记入日志。`,
    );
    console.log(`旧主密钥保存为 ${done.old}：更换之前的数据库备份仍要用它，请移到离线介质；不再需要那些备份时销毁。`);
    console.log('请另行备份新主密钥，再由安全管理员在“密钥”页轮换数据密钥，使由旧主密钥直接派生的密钥停用。');
  } finally {
    await database.leave();
  }
};

try {
  await run();
} catch (error) {
  if (!(error instanceof MasterKeyWrong || error instanceof SettingsWrong)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
