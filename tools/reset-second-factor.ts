/**
 * Takes the second factors of a person away whose device is lost:
 *
 *     npm run reset-second-factor -- li.na "手机遗失，已当面核对身份"
 *
 * Reads the same settings as the server.
 */
import { join } from 'node:path';
import { startDatabase } from '#apps/server/database.ts';
import { ResetRefused, resetSecondFactor } from '#apps/server/reset-second-factor.ts';
import { readSettings, SettingsWrong } from '#apps/server/settings.ts';
import { systemClock } from '#kernel/time/clock.ts';

const run = async (): Promise<void> => {
  const [userName, reason = ''] = process.argv.slice(2);
  if (userName === undefined) throw new ResetRefused('用法：npm run reset-second-factor -- 用户名 "原因"');
  const now = systemClock.now();
  const database = await startDatabase(readSettings(process.env, join(import.meta.dirname, '..')), now);
  try {
    await resetSecondFactor(database.db, userName, reason, now);
    console.log(`已解除 ${userName} 的第二重验证，并退出其全部登录；下次登录须重新绑定。已记入日志。`);
  } finally {
    await database.leave();
  }
};

try {
  await run();
} catch (error) {
  if (!(error instanceof ResetRefused || error instanceof SettingsWrong)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
