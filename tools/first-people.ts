/**
 * Makes the first administrators of an installation that has none:
 *
 *     npm run first-people -- system=wang.wei:王伟 security=li.na:李娜 security=zhao.min:赵敏 auditor=qian.jun:钱军
 *
 * Reads the same settings as the server. Prints the passwords to begin with once; they are kept nowhere.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { startEdition } from '#apps/server/crypto-edition.ts';
import { startDatabase } from '#apps/server/database.ts';
import { FirstPeopleRefused, makeFirstPeople, readFirstPeople } from '#apps/server/first-people.ts';
import { readSettings, SettingsWrong } from '#apps/server/settings.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock } from '#kernel/time/clock.ts';

const run = async (): Promise<void> => {
  const people = readFirstPeople(process.argv.slice(2));
  const settings = readSettings(process.env, join(import.meta.dirname, '..'));
  const now = systemClock.now();
  const database = await startDatabase(settings, now);
  try {
    const { crypto } = await startEdition(settings, database.db, systemClock);
    const accessList = accessListStore({ crypto, signer: personalSigner(crypto, systemClock) });
    const rules = settings.signIn.rules.password;
    const made = await makeFirstPeople(
      { db: database.db, accessList, rules, now, below: (limit) => randomInt(limit) },
      people,
    );
    console.log('已开通。初始口令只显示这一次，请当面交给本人；首次登录须改口令，并绑定第二重验证：');
    for (const { title, name, userName, password } of made)
      console.log(`  ${title}  ${name}  ${userName}  ${password}`);
  } finally {
    await database.leave();
  }
};

try {
  await run();
} catch (error) {
  if (!(error instanceof FirstPeopleRefused || error instanceof SettingsWrong)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
