/**
 * Makes a past of many cases in a database that is marked as a trial:
 *
 *     npm run generate -- --cases 5000000 --years 10 --history 100000 [--lot NAME] [--lived 20000] [--copies-without-steps] [--trial]
 *
 * Reads the same settings as the server, which must not be running on an embedded database meanwhile. A database that `--trial` finds empty is made
 * and marked; one of a demo is marked when it is made; every other is refused. The steps of these cases are chained and digested but signed by nobody, and
 * they have neither photographs, messages nor audit entries, but for the newest `--history` ones, which have everything except the photographs' bytes and
 * the other systems' answers. Of the older ones no more than `--lived` are lived; the others are copies of those that have ended, made inside an
 * otherwise empty database: lists, searches, totals and statistics are as if all had been lived, their pages show no papers, and their steps verify no chain.
 * Copies without steps take less than half the room: lists and totals are the same, until a recount of the statistics takes them for cases nobody has worked on.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEdition } from '#apps/server/crypto-edition.ts';
import { addressesOf, leaveEmbedded, startDatabase } from '#apps/server/database.ts';
import { readSettings, type Settings, SettingsWrong } from '#apps/server/settings.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import { isTrial, trialStanding } from '#kernel/db/trial.store.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { GeneratingRefused, generate, notTrial, type Wish } from './generate.ts';
import { makersApart } from './makers-apart.ts';
import { settleTables, wholeTables } from './past.store.ts';
import { ensureTrialPeople } from './people.ts';
import type { TimeLine } from './places.ts';

/** For trials only, like the demo's. */
const password = 'Demo-2026!';

const wholeNumber = (name: string, text: string, most: number, least = 1): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new GeneratingRefused(`--${name} 应为 ${least} 到 ${most} 的整数`);
  return number;
};

interface Asked {
  readonly wish: Wish;
  /** Of the older ones each so-manieth is lived. */
  readonly times: number;
  readonly steps: boolean;
  readonly asTrial: boolean;
}

const wishOf = (now: Date): Asked => {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '10000' },
      years: { type: 'string', default: '10' },
      history: { type: 'string', default: '0' },
      lot: { type: 'string', default: 'first' },
      lived: { type: 'string', default: '20000' },
      'copies-without-steps': { type: 'boolean', default: false },
      trial: { type: 'boolean', default: false },
    },
  });
  if (!/^[a-z0-9-]{1,20}$/.test(values.lot)) throw new GeneratingRefused('--lot 由 1 至 20 个小写字母、数字、短横组成');
  const most = 20_000_000;
  const cases = wholeNumber('cases', values.cases, most);
  const history = wholeNumber('history', values.history, most, 0);
  const lived = wholeNumber('lived', values.lived, most);
  return {
    wish: { cases, years: wholeNumber('years', values.years, 30), history, lot: values.lot, now },
    times: Math.max(1, Math.ceil((cases - history) / lived)),
    steps: !values['copies-without-steps'],
    asTrial: values.trial,
  };
};

/** Numbers by day and place do not grow with the cases of a day, so that they say nothing of more cases. */
const bounded = 'elv.case_tally';

const tellSizes = async (ownerDb: Db, history: number): Promise<void> => {
  const sizes = await settleTables(ownerDb);
  const all = sizes.find(({ table }) => table === 'elv.vehicle_case')?.rows ?? 1;
  const ofWhole = new Set<string>(Object.values(wholeTables));
  for (const { table, bytes, rows } of sizes) {
    // An empty table is its first pages, which say nothing of more cases.
    if (rows === 0) continue;
    const each = Math.round(bytes / rows);
    const cases = ofWhole.has(table) ? history : all;
    if (cases === 0) continue;
    console.log(
      `  ${table}：${rows} 行，${(bytes / 1e6).toFixed(0)} MB（含索引），每行 ${each} 字节，${table === bounded ? '不随案卷数等比增长' : `合每案卷 ${Math.round(bytes / cases)} 字节，500 万件约需 ${((bytes / cases) * 0.005).toFixed(1)} GB`}`,
    );
  }
};

/** Looks before anything is changed: a database that is no trial is not even brought up to date. */
const refuseOthers = async (ownerUrl: string, asTrial: boolean): Promise<void> => {
  const { db, close } = openDatabase({ url: ownerUrl, poolSize: 1 });
  const standing = await trialStanding(db).finally(close);
  if (standing === 'trial' || (standing === 'empty' && asTrial)) return;
  throw new GeneratingRefused(notTrial);
};

const progress = (): { readonly tell: (made: number) => void; readonly over: () => string } => {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  let [all, told] = [0, 0];
  return {
    tell: (made) => {
      all = made;
      if (made - told < 50_000) return;
      told = made;
      console.log(`已生成 ${made} 件，用时 ${seconds().toFixed(0)} 秒`);
    },
    over: () => `共生成 ${all} 件，用时 ${seconds().toFixed(0)} 秒`,
  };
};

const fill = async (settings: Settings, { wish, times, steps, asTrial }: Asked, now: Date): Promise<void> => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const database = await startDatabase(settings, now, asTrial);
  const owner = openDatabase({
    url: database.embedded?.ownerUrl ?? settings.databaseOwnerUrl ?? database.url,
    poolSize: 1,
  });
  try {
    const { crypto } = await startEdition(settings, database.db, systemClock);
    if (await isTrial(database.db)) {
      const accessList = accessListStore({ crypto, signer: personalSigner(crypto, systemClock) });
      await ensureTrialPeople(database.db, accessList, password, now);
    }
    const { tell, over } = progress();
    const copied = times > 1 ? { copied: { times, steps, ownerDb: owner.db } } : {};
    const makers = (line: TimeLine) => makersApart(database.url, line, availableParallelism());
    await generate(database.db, crypto, { ...wish, ...copied }, tell, stopping.signal, makers);
    console.log(`${over()}。试用账号口令均为 ${password}。占用空间：`);
    await tellSizes(owner.db, wish.history);
  } finally {
    await owner.close();
    await database.leave();
  }
};

const run = async (): Promise<void> => {
  const now = systemClock.now();
  const settings = readSettings(process.env, join(import.meta.dirname, '../..'));
  const { asTrial, ...asked } = wishOf(now);
  const wanted = { ...asked, asTrial: asTrial || settings.mode === 'demo' };
  const { ownerUrl, embedded } = await addressesOf(settings);
  try {
    await refuseOthers(ownerUrl, wanted.asTrial);
    await fill(settings, wanted, now);
  } finally {
    await leaveEmbedded(embedded);
  }
};

try {
  await run();
} catch (error) {
  if (!(error instanceof GeneratingRefused || error instanceof SettingsWrong)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
