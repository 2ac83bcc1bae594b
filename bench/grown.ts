import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#kernel/db/database.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type Person, signIn } from './people.ts';
import { discard, home, type RunningProduct, startProduct, throwawayFolder } from './product.ts';

/** What is searched for: of a case that has ended, of the largest yard, which lies in the officer's district. */
export interface Sought {
  readonly plate: string;
  readonly vinTail: string;
  readonly owner: string;
  readonly caseNo: string;
}

/** A running product with so many cases. */
export interface Grown {
  readonly cases: number;
  readonly bytes: number;
  readonly sought: Sought;
  /** A clerk of the largest yard, a district's officer, somebody of the commission. */
  readonly people: readonly Person[];
  close(): Promise<void>;
}

/** So many are lived, the others are copies of those that have ended. */
const lived = 5_000;

const generated = (dataDir: string, cases: number): Promise<void> =>
  new Promise((resolve, reject) => {
    // Ended ones alone are copied, so that there are a few fewer than asked for.
    const [most, copies] = cases > 50_000 ? [lived, ['--copies-without-steps']] : [cases, []];
    const wish = ['--cases', String(cases), '--lived', String(most), ...copies];
    const child = spawn(process.execPath, [...process.execArgv, 'apps/generator/main.ts', '--trial', ...wish], {
      cwd: home,
      env: { ...process.env, MODE: 'demo', DEMO_CASES: '0', DATA_DIR: dataDir },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`generating ended with ${code}`))));
  });

/** Copies without steps are not to be recounted: the numbers are noted as compared today. */
const standAsCounted = async (ownerUrl: string) => {
  const { db, close } = openDatabase({ url: ownerUrl, poolSize: 1 });
  try {
    const now = new Date();
    await sql`insert into elv.case_recount (case_type, day, begun_at, ended_at, cases, differences)
      values ('elv.vehicle-case', ${shanghaiDay(now)}, ${now}, ${now}, 0, 0) on conflict do nothing`.execute(db);
    const { rows } = await sql<{ plate_no: string; vin: string; owner_name: string; case_no: string }>`
      select plate_no, vin, owner_name, case_no from elv.vehicle_case
      where state = 'closed' and enterprise_id = 'yard-1' order by id limit 1`.execute(db);
    const size = await sql<{ cases: number; bytes: string }>`
      select (select count(*)::integer from elv.vehicle_case) as cases, pg_database_size(current_database()) as bytes`.execute(
      db,
    );
    const [one] = rows;
    if (!one) throw new Error('no case of the largest yard has ended');
    const sought = {
      plate: one.plate_no.slice(0, 5),
      vinTail: one.vin.slice(-6),
      owner: one.owner_name,
      caseNo: one.case_no,
    };
    return { sought, cases: size.rows[0]?.cases ?? 0, bytes: Number(size.rows[0]?.bytes) };
  } finally {
    await close();
  }
};

const who = ['trial-clerk-1-001', 'trial-officer-310115', 'trial-commission-001'] as const;

/** Makes a past of so many cases in a folder of its own, and starts the product on it. */
export const grow = async (cases: number, place: number): Promise<Grown> => {
  const dataDir = throwawayFolder();
  let product: RunningProduct | undefined;
  const agent = new Agent({ keepAlive: true });
  const close = async (): Promise<void> => {
    agent.destroy();
    await product?.stop();
    discard(dataDir);
  };
  try {
    await generated(dataDir, cases);
    const embedded = await startEmbedded({ dataDir, cacheDir: join(home, '.cache'), durable: true });
    const facts = await standAsCounted(embedded.ownerUrl).finally(() => embedded.stop());
    product = await startProduct({ home, dataDir, settings: { DEMO_CASES: '0', SESSION_IDLE_MINUTES: '720' }, place });
    const people: Person[] = [];
    for (const [order, userName] of who.entries())
      people.push(await signIn(agent, product.url, { userName, password: 'Demo-2026!' }, order));
    return { ...facts, people, close };
  } catch (error) {
    await close();
    throw error;
  }
};
