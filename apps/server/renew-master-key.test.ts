import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CryptoEdition } from '#kernel/crypto/edition.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { masterKeysAt, nextMasterFile, readMasterKey } from '#kernel/crypto/master-key.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { migrations } from './plans.ts';
import { prepareMasterKey, type RenewalStage, renewMasterKey } from './renew-master-key.ts';

// Real here: PostgreSQL, key files, and processes that are killed.

let database: TestDatabase;
let folder: string;
let file: string;
beforeEach(async () => {
  database = await aDatabase(migrations);
  folder = mkdtempSync(join(tmpdir(), 'hushang-master-'));
  file = join(folder, 'master.key');
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** A process that begins now: it knows what the files and the database say, and nothing else. */
const started = async (): Promise<CryptoEdition> =>
  softwareEdition(database.db, await masterKeysAt(file, true), systemClock);

const place = 'somewhere';
interface Written {
  readonly sealed: readonly string[];
  readonly digest: string;
  readonly index: string;
}

/** Texts under the first keys and under renewed ones, a digest that is never renewed, and an index. */
const write = async ({ crypto, keeper }: CryptoEdition): Promise<Written> => {
  const seal = () => crypto.seal('personal-data', Buffer.from('朱安'), place);
  const first = await seal();
  await keeper.renew('before');
  const digest = await crypto.hmac('audit', '31010119900307001X');
  return { sealed: [first, await seal()], digest, index: await crypto.hmac('blind-index:x', '朱安') };
};

const reads = async ({ crypto }: CryptoEdition, { sealed, digest, index }: Written): Promise<void> => {
  for (const text of sealed)
    expect(Buffer.from(await crypto.open('personal-data', text, place)).toString()).toBe('朱安');
  expect(await crypto.hmac('audit', '31010119900307001X')).toBe(digest);
  expect(await crypto.hmacs('blind-index:x', '朱安')).toContain(index);
};

const renew = (onStage: (stage: RenewalStage) => void = () => undefined) =>
  renewMasterKey({ db: database.db, file, now: systemClock.now(), onStage });

test('R55: the master key is renewed: everything opens under the new one, old digests stay, the old key opens nothing', async () => {
  const standing = await started();
  const written = await write(standing);
  const before = readFileSync(file, 'utf8');
  expect(await standing.keeper.master?.()).toMatchObject({ since: null, renewing: false, first: 7 });

  const done = await renew();
  expect(done.rewrapped).toBe(done.keys);
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  expect(readFileSync(done.old, 'utf8')).toBe(before);
  expect([statSync(file).mode & 0o777, statSync(done.old).mode & 0o777]).toEqual([0o600, 0o600]);
  expect(existsSync(nextMasterFile(file))).toBe(false);
  // Who stood all the while, and who begins now.
  await standing.keeper.list();
  await reads(standing, written);
  const fresh = await started();
  await reads(fresh, written);
  expect(await fresh.keeper.master?.()).toMatchObject({ id: done.id, since: expect.any(Date), renewing: false });
  const old = softwareEdition(database.db, Buffer.from(before.trim(), 'hex'), systemClock);
  await expect(old.keeper.list()).rejects.toThrow(/主密钥与数据库中的数据不相符/);

  // Keys made from now on lie under the new one, and what came from the first master key is given up by renewing data keys.
  await standing.keeper.renew('after');
  await fresh.keeper.list();
  await standing.keeper.retire();
  expect(await (await started()).keeper.master?.()).toMatchObject({ id: done.id, first: 0 });
  const { rows } = await sql<{ detail: string }>`select detail from kernel.audit_entry
    where action = 'kernel.master-key.renewed'`.execute(database.db);
  expect(rows.map(({ detail }) => JSON.parse(detail))).toEqual([
    { from: expect.any(String), to: done.id, keys: done.keys },
  ]);
  expect(JSON.stringify(rows)).not.toContain(readFileSync(file, 'utf8').trim());
});

test('R55: killed at any stage, nothing is unreadable to anybody, and called again it comes to its end', async () => {
  const standing = await started();
  const written = await write(standing);
  const script = (stage: RenewalStage): string => `
    import { openDatabase } from '#kernel/db/database.ts';
    import { renewMasterKey } from '#apps/server/renew-master-key.ts';
    const { db } = openDatabase({ url: ${JSON.stringify(database.url)}, poolSize: 1 });
    const onStage = (stage) => { if (stage === ${JSON.stringify(stage)}) process.kill(process.pid, 'SIGKILL'); };
    await renewMasterKey({ db, file: ${JSON.stringify(file)}, now: new Date(), onStage });`;
  const present = await readMasterKey(file, false);
  for (const stage of ['prepared', 'rewrapped', 'taken'] as const) {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script(stage)], {
      stdio: 'inherit',
    });
    const [, signal] = await once(child, 'close');
    expect([stage, signal]).toEqual([stage, 'SIGKILL']);
    expect([stage, existsSync(nextMasterFile(file))]).toEqual([stage, stage !== 'taken']);
    await standing.keeper.list();
    await reads(standing, written);
    const witness = await started();
    await reads(witness, written);
    expect([stage, (await witness.keeper.master?.())?.renewing]).toEqual([stage, stage !== 'taken']);
    // Whoever adds keys in the middle adds them where the others lie.
    await witness.keeper.renew(stage);
    await standing.keeper.list();
  }
  expect((await readMasterKey(file, false)).equals(present)).toBe(false);
  await reads(await started(), written);
});

test('R55: killed in the middle of sealing anew, none of the keys has moved', async () => {
  const standing = await started();
  const written = await write(standing);
  await sql`create function refuse() returns trigger language plpgsql as $$ begin
    if new.purpose = 'exchange' then raise exception 'the line broke'; end if; return new; end $$`.execute(
    database.ownerDb,
  );
  await sql`create trigger refuse before update on kernel.data_key for each row execute function refuse()`.execute(
    database.ownerDb,
  );
  await expect(renew()).rejects.toThrow('the line broke');
  await sql`drop trigger refuse on kernel.data_key`.execute(database.ownerDb);
  const { keeper } = await started();
  expect(await keeper.master?.()).toMatchObject({ since: null, renewing: true });
  await reads(await started(), written);
  const done = await renew();
  expect(done.rewrapped).toBe(done.keys);
  await reads(standing, written);
});

test('R55: keys added while the master key is renewed lie under the one it ends with, whichever is first', async () => {
  const standing = await started();
  const written = await write(standing);
  for (let round = 0; round < 6; round += 1) {
    const other = await started();
    await Promise.all([renew(), other.keeper.renew(`round-${round}`)]);
    const fresh = await started();
    await reads(fresh, written);
    const { rows } = await sql<{ mark: string }>`select distinct split_part(sealed_root, '.', 2) as mark
      from kernel.data_key`.execute(database.db);
    expect(rows).toEqual([{ mark: (await fresh.keeper.master?.())?.id }]);
  }
  await standing.keeper.list();
  await reads(standing, written);
}, 60_000);

test('R55: the next key is made ahead and brought to another machine, which then needs no more than its file moved', async () => {
  const written = await write(await started());
  const id = await prepareMasterKey(file);
  expect(await prepareMasterKey(file)).toBe(id);
  await reads(await started(), written);
  const other = join(folder, 'other.key');
  writeFileSync(other, readFileSync(file));
  writeFileSync(nextMasterFile(other), readFileSync(nextMasterFile(file)));
  expect((await renew()).id).toBe(id);
  const elsewhere = softwareEdition(database.db, await masterKeysAt(other, false), systemClock);
  await reads(elsewhere, written);
  const again = await renewMasterKey({
    db: database.db,
    file: other,
    now: systemClock.now(),
    onStage: () => undefined,
  });
  expect(again).toMatchObject({ id, rewrapped: 0 });
  await reads(elsewhere, written);
});

test('R55: a missing master key is no beginning, and a spoilt next one is told before anything is done', async () => {
  await expect(renew()).rejects.toThrow(/ENOENT/);
  await expect(prepareMasterKey(file)).rejects.toThrow(/ENOENT/);
  const written = await write(await started());
  writeFileSync(nextMasterFile(file), 'half a ke');
  await expect(renew()).rejects.toThrow(/64 位十六进制/);
  rmSync(nextMasterFile(file));
  await reads(await started(), written);
});

test('R55: the command says what it did, and what is to be done with the old key', async () => {
  const { url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = database;
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL, DATABASE_OWNER_URL, MODE: 'demo' };
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['tools/renew-master-key.ts', ...args], { encoding: 'utf8', env });
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^没有主密钥文件/) });
  const written = await write(await started());
  expect(run('--prepare')).toMatchObject({ status: 0, stdout: expect.stringContaining('尚未启用') });
  const { status, stdout } = run();
  expect([status, stdout]).toEqual([0, expect.stringMatching(/主密钥已更换.*旧主密钥保存为.*轮换数据密钥/s)]);
  await reads(await started(), written);
  writeFileSync(file, 'ab'.repeat(32));
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('主密钥与数据库中的数据不相符') });
}, 60_000);
