import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { makeArchive } from '#kernel/audit/archive.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { factDesk } from '#kernel/audit/fact-desk.ts';
import { noAnchor, ownSealKeys, type Sealer, sealerOver, sealKeyOf } from '#kernel/audit/sealer.ts';
import { appendFact, appendFacts } from '#kernel/audit/trail.store.ts';
import { checkTrail } from '#kernel/audit/trail-check.ts';
import { isWhole, verifyArchive } from '#kernel/audit/verify-archive.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { type Db, inTransaction, openDatabase } from '#kernel/db/database.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { grantServing, migrate } from '#kernel/db/migrate.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Figure } from '../figure.ts';
import { discard, home, throwawayFolder } from '../product.ts';
import type { Bench } from '../scene.ts';

const writers = 50;
/** As the product's own, so that waiting for a connection is part of what is measured. */
const poolSize = 24;

/** Facts of the size the product leaves: a step of a case, a read. */
const factOf = (chain: string, n: number, at: Date): AuditFact => ({
  at,
  kind: n % 5 === 0 ? 'security' : 'operation',
  action: 'elv.vehicle-case:passEntry',
  actor: {
    id: `u-${n % writers}`,
    name: '张三演示',
    organisationId: 'yard-1',
    ip: '10.20.30.40',
    agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
  },
  object: { type: 'elv.vehicle-case', id: chain },
  outcome: 'done',
  detail: { from: 'entryReview', to: 'desk', version: n, round: 1, stepDigest: 'a'.repeat(64) },
  traceId: 'b'.repeat(32),
});

const perSecond = async (count: number, one: (writer: number, n: number) => Promise<unknown>): Promise<number> => {
  let next = 0;
  const began = performance.now();
  const lane = async (writer: number): Promise<void> => {
    for (let n = next++; n < count; n = next++) await one(writer, n);
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => lane(writer)));
  return count / ((performance.now() - began) / 1000);
};

/** Appending by fifty writers, each of whom waits until its fact is committed: within the writer's own transaction, and gathered at the desk. */
const appending = async (db: Db, clock: Clock, count: number): Promise<readonly Figure[]> => {
  const chainOf = (writer: number, n: number): string => `w${writer}-${n % 40}`;
  const fact = (writer: number, n: number): AuditFact => factOf(chainOf(writer, n), n, clock.now());
  const alone = (writer: number, n: number) => inTransaction(db, (tx) => appendFact(tx, fact(writer, n)));
  const desk = factDesk(db, clock);
  await perSecond(count / 10, alone);
  const ownTransactions = await perSecond(count / 2, alone);
  const gathered = await perSecond(count, (writer, n) => desk.leave({ ...fact(writer, n), object: null }));
  return [
    { measure: 'audit append, 50 writers', value: gathered, unit: '/s', better: 'higher', bar: 2_000 },
    { measure: 'audit append, each in a transaction of its own', value: ownTransactions, unit: '/s', better: 'higher' },
  ];
};

/** Grows a month of entries under seals as they come in the working day: some hundred chains to a seal. */
const grow = async (db: Db, sealer: Sealer, at: Date, rows: number): Promise<void> => {
  for (let n = 0; n < rows; n += 500) {
    const facts = Array.from({ length: 500 }, (_, index) => factOf(`c${(n + index) % 5_000}`, n + index, at));
    await inTransaction(db, (tx) => appendFacts(tx, facts));
    await sealer.sealNow();
  }
};

const rate = (rows: number, began: number): number => rows / ((performance.now() - began) / 1000);

const verifying = async (db: Db, folder: string, rows: number): Promise<readonly Figure[]> => {
  let now = new Date('2026-10-05T02:00:00Z');
  const clock: Clock = { now: () => now };
  const crypto = softwareCrypto(Buffer.alloc(32, 7));
  const signer = personalSigner(crypto, clock);
  const pace = async () => ({ heads: 1, seconds: 1 });
  const sealer = sealerOver({ db, clock, signer, pace, anchor: noAnchor });
  await sealer.sealNow();
  await grow(db, sealer, now, rows);
  const verify = ownSealKeys(db, signer, (key, digest, signature) =>
    crypto.verify(key, Buffer.from(digest, 'utf8'), signature),
  );
  const checked = performance.now();
  const report = await checkTrail(db, verify, { from: 1, most: Number.MAX_SAFE_INTEGER, anchored: 0 });
  const inDatabase = rate(report.entries, checked);
  if (report.findings.length > 0) throw new Error('the grown trail is not whole');
  now = new Date('2026-11-02T02:00:00Z');
  const files = diskStore(folder, { hasty: true });
  const actor = { id: 'bench', name: 'bench', organisationId: null, ip: '' };
  const made = await makeArchive(
    { db, files, clock, key: sealKeyOf(signer) },
    { month: '2026-10', kind: 'all', actor, traceId: '' },
  );
  if (made.outcome !== 'done') throw new Error(`no archive: ${made.outcome}`);
  const bytes = await buffer(await files.get(made.archive.id));
  let best = 0;
  // The best of three: what else the machine does is not the checker's speed.
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    const archive = await verifyArchive(Readable.from([bytes]));
    best = Math.max(best, rate(archive.entries, began));
    if (!isWhole(archive)) throw new Error('the archive is not whole');
  }
  return [
    {
      measure: 'audit verification, an archive',
      value: best,
      unit: 'rows/s',
      better: 'higher',
      bar: 50_000,
    },
    { measure: 'audit verification, in the database', value: inDatabase, unit: 'rows/s', better: 'higher' },
  ];
};

/** Appending to the audit chains and verifying them, on a durable database of its own; every signature is checked. */
export const measureAudit = async ({ short }: Bench): Promise<readonly Figure[]> => {
  const folder = throwawayFolder();
  const embedded = await startEmbedded({ dataDir: folder, cacheDir: join(home, '.cache'), durable: true });
  const owner = openDatabase({ url: embedded.ownerUrl, poolSize: 2 });
  await migrate(owner.db, kernelMigrations, new Date());
  await grantServing(owner.db, kernelMigrations, embedded.appUser);
  await owner.close();
  const { db, close } = openDatabase({ url: embedded.appUrl, poolSize });
  try {
    const appended = await appending(db, { now: () => new Date() }, short ? 500 : 20_000);
    const verified = await verifying(db, join(folder, 'files'), short ? 1_000 : 100_000);
    return [...appended, ...verified];
  } finally {
    await close();
    await embedded.stop();
    discard(folder);
  }
};
