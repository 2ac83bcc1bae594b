import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { startSimulators } from '#apps/server/simulators-process.ts';
import { ensureLinkKeys } from '#kernel/connector/link.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { aBalancer } from '#testkit/balancer.ts';
import { aProcess, outsideSettings, type ProcessBeside } from '#testkit/child-product.ts';
import { killLoad } from '#testkit/kill-load.ts';
import { expectNothingLost } from '#testkit/kill-witness.ts';
import { anEmptyDatabase } from '#testkit/template-database.ts';
import { citizenReturn } from '../citizen-rules.ts';
import { signOnReturn } from '../sign-in-settings.ts';

// Real here: everything. Two versions of the product on one outside database, the older one from its own commit, people at work at both through a balancer.
// By command: `PROOF_UPGRADE_FROM=<commit> npx vitest run apps/server/proof/upgrade.test.ts`. What it keeps to in every run is apps/server/migrations.test.ts.

const from = process.env.PROOF_UPGRADE_FROM;
const home = join(import.meta.dirname, '../../..');

/** What was started, ended in the opposite order, also where the proof fails. */
const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 120_000);

/** The product as it was at a commit, in a folder of its own with the same packages. */
const productAt = (commit: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-older-'));
  const git = (...rest: readonly string[]) =>
    execFileSync('git', ['-C', home, 'worktree', ...rest], { stdio: 'ignore' });
  git('add', '--detach', '--force', folder, commit);
  ends.push(() => git('remove', '--force', folder));
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

const simulatorsFor = async (folder: string, callbackUrl: string): Promise<string> => {
  await ensureLinkKeys(folder, softwareCrypto(Buffer.alloc(32, 7)));
  const simulators = await startSimulators({
    home,
    port: 0,
    callbackUrl,
    signOnRedirect: signOnReturn(callbackUrl),
    oneStopRedirect: citizenReturn(callbackUrl),
    linkKeysFile: join(folder, 'link-keys.json'),
    stateFile: join(folder, 'simulators.jsonl'),
  });
  ends.push(simulators.stop);
  return simulators.url;
};

/** The outside systems a version knows. */
const systemsOf = async (version: string): Promise<readonly string[]> => {
  const { outsideVariables } = await import(join(version, 'apps/server/outside-addresses.ts'));
  return Object.keys(outsideVariables);
};

/** Processes of both versions on one database, and the balancer before them. */
const aTown = async () => {
  const older = productAt(from ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'hushang-upgrade-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const database = await anEmptyDatabase();
  ends.push(database.close);
  const serving: ProcessBeside[] = [];
  const balancer = await aBalancer(() => serving.map(({ url }) => url));
  ends.push(balancer.close);
  const simulators = await simulatorsFor(folder, balancer.url);
  const start = async (version: string): Promise<ProcessBeside> => {
    const one = await aProcess(
      {
        ...outsideSettings(folder, simulators, await systemsOf(version)),
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.ownerUrl,
        TRUSTED_PROXIES: '127.0.0.1',
      },
      version,
    );
    ends.push(async () => {
      const said = await one.stop();
      if (said.includes('request failed')) console.log(said.slice(-5_000));
    });
    return one;
  };
  return { database, serving, balancer, stateFile: join(folder, 'simulators.jsonl'), start, older };
};

test.skipIf(from === undefined)(
  'T2.2, T3.3: an upgrade with migrations under load loses no acknowledged step, answers nobody with a defect, and leaves every chain intact',
  { timeout: 900_000 },
  async () => {
    const { database, serving, balancer, stateFile, start, older } = await aTown();
    const migrated = async (): Promise<number> =>
      Number(
        (await sql<{ n: string }>`select count(*) as n from kernel.migration`.execute(database.ownerDb)).rows[0]?.n,
      );
    const before = await start(older);
    serving.push(before);
    const load = killLoad(balancer.url);
    await load.begin();
    await load.more(30);
    const known = await migrated();
    // The new version brings the tables up to date while the old one serves on them.
    const coming = start(home);
    await Promise.race([coming, load.more(1_000_000)]);
    const after = await coming;
    await load.more(30);
    serving.push(after);
    await load.more(60);
    serving.shift();
    const said = await before.stop();
    await load.more(60);
    await load.end();
    const fresh = (await migrated()) - known;
    const verified = await expectNothingLost(database.db, load, stateFile);
    console.log(`${fresh} migrations under load; verified: ${JSON.stringify(verified)}`);
    expect(fresh).toBeGreaterThan(0);
    expect(said).not.toContain('request failed');
  },
);
