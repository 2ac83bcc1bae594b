import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { listArchives } from './archive.store.ts';
import { type ArchiveRequest, makeArchive, trustedKeys } from './archive.ts';
import { removeArchived } from './archive-removal.ts';
import type { AuditFact } from './fact.ts';
import { fileFindingText, findingText } from './finding-words.ts';
import { ownSealKeys, sealerOver, sealKeyOf } from './sealer.ts';
import { appendFacts, lastFactOf, verifyChain } from './trail.store.ts';
import { checkTrail } from './trail-check.ts';
import { verifyArchive } from './verify-archive.ts';

// Real: PostgreSQL, SM2, gzip, the file store on disk, the command. Made up: the clock.

const folder = mkdtempSync(join(tmpdir(), 'hushang-archive-'));
const crypto = softwareCrypto(Buffer.alloc(32, 7));
const clock = clockAt('2026-10-20T02:00:00Z');
const signer = personalSigner(crypto, clock);
const files = diskStore(folder, { hasty: true });
const auditor = { id: 'a1', name: '杨审演示', organisationId: null, ip: '127.0.0.1' };
let database: TestDatabase;
let trusted: readonly string[];
/** Three seals in October: a (1–3), b (1–2); a (4–6); c (1). One in November. */
let october: Buffer;

const fact = (chain: string, n: number): AuditFact => ({
  at: clock.now(),
  kind: n === 2 ? 'security' : 'operation',
  action: 'elv.vehicle-case:submit',
  actor: auditor,
  object: { type: 'case', id: chain },
  outcome: 'done',
  detail: { n, 中文: '值' },
  traceId: 't',
});
const write = async (...facts: AuditFact[]): Promise<void> => {
  await inTransaction(database.db, (tx) => appendFacts(tx, facts));
};
const seal = async (): Promise<void> => {
  await sealerOver({
    db: database.db,
    clock,
    signer,
    pace: async () => ({ heads: 1, seconds: 1 }),
    anchor: { read: async () => undefined, write: async () => undefined },
  }).sealNow();
};
const make = (kind: ArchiveRequest['kind'], month = '2026-10') =>
  makeArchive({ db: database.db, files, clock, key: sealKeyOf(signer) }, { month, kind, actor: auditor, traceId: 't' });
const fileOf = async (id: string): Promise<Buffer> => buffer(await files.get(id));

beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  await write(fact('a', 1), fact('a', 2), fact('a', 3), fact('b', 1), fact('b', 2));
  await seal();
  await write(fact('a', 4), fact('a', 5), fact('a', 6));
  await seal();
  await write(fact('c', 1));
  await seal();
  clock.advance(15 * 86_400_000);
  await write(fact('a', 7));
  await seal();
  trusted = await trustedKeys(database.db);
  const made = await make('all');
  if (made.outcome !== 'done') throw new Error(made.outcome);
  october = await fileOf(made.archive.id);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = async (file: Buffer, keys: readonly string[] | undefined = trusted) => {
  const report = await verifyArchive(Readable.from([file]), keys);
  return { ...report, words: [...report.file.map(fileFindingText), ...report.trail.map(findingText)] };
};
const lines = (): string[] => gunzipSync(october).toString('utf8').trimEnd().split('\n');
const packed = (text: readonly string[]): Buffer => gzipSync(Buffer.from(`${text.join('\n')}\n`));
/** What a forger without the key can do: the manifest is counted and digested anew. */
const counted = (text: readonly string[]): Buffer => {
  const body = text.slice(0, -2);
  const { manifest } = JSON.parse(text.at(-2) ?? '') as { manifest: Record<string, number> };
  const entries = body.filter((line) => line.startsWith('{"digest"')).length;
  const seals = body.filter((line) => line.startsWith('{"seal"')).length;
  const sm3 = sm3Hex(`${body.join('\n')}\n`);
  return packed([...body, JSON.stringify({ manifest: { ...manifest, entries, seals, sm3 } }), text.at(-1) ?? '']);
};
const indexOf = (chain: string, seq: number): number =>
  lines().findIndex(
    (line) =>
      line.includes(`"chain":"case:${chain}"`) && line.includes(`"seq":${seq},`) && line.startsWith('{"digest"'),
  );
const sealAt = (number: number): number =>
  lines().findIndex((line) => line.startsWith('{"seal"') && line.includes(`"number":${number},`));
const edited = (edit: (text: string[]) => void): string[] => {
  const text = lines();
  edit(text);
  return text;
};

test('R45: the archive of a month is whole and holds the entries sealed in it', async () => {
  const report = await check(october);
  expect(report).toMatchObject({
    words: [],
    entries: 9,
    links: 0,
    seals: 3,
    header: { month: '2026-10', fromSeal: 1, toSeal: 3 },
  });
});

test('R45: of one class the entries are whole, of the others only the links are told', async () => {
  const made = await make('security');
  if (made.outcome !== 'done') throw new Error(made.outcome);
  const file = await fileOf(made.archive.id);
  expect(await check(file)).toMatchObject({ words: [], entries: 2, links: 7, seals: 3 });
  expect(gunzipSync(file).toString()).not.toContain('"kind":"operation"');
});

test.each([
  ['2026-10', 'all', 'already-there'],
  ['2026-11', 'all', 'month-not-over'],
  ['2026-08', 'all', 'nothing-sealed'],
] as const)('R45: of %s no archive of %s is made: %s', async (month, kind, outcome) => {
  expect(await make(kind, month)).toEqual({ outcome });
});

const swapSignatures = (text: string[]): void => {
  const of = (at: number): string => /"signature":"([^"]+)"/.exec(text[at] ?? '')?.[1] ?? '';
  const [one, two] = [sealAt(1), sealAt(2)];
  const [first, second] = [of(one), of(two)];
  text[one] = (text[one] ?? '').replace(first, second);
  text[two] = (text[two] ?? '').replace(second, first);
};

describe('R45: an archive that was tampered with is found, and what was done is named', () => {
  test.each<[string, (text: string[]) => void, string]>([
    [
      'flipped entry',
      (text) => text.splice(indexOf('a', 2), 1, (text[indexOf('a', 2)] ?? '').replace('"n":2', '"n":3')),
      '内容被改动：第 1 号封签，链 case:a 第 2 条',
    ],
    ['deleted entry', (text) => text.splice(indexOf('a', 2), 1), '记录缺失：第 1 号封签，链 case:a 第 2 条'],
    [
      'reordered entries',
      (text) => text.splice(indexOf('a', 2), 2, text[indexOf('a', 3)] ?? '', text[indexOf('a', 2)] ?? ''),
      '记录次序被调换：第 1 号封签，链 case:a 第 2 条',
    ],
    [
      'repeated entry',
      (text) => text.splice(indexOf('a', 2), 0, text[indexOf('a', 2)] ?? ''),
      '记录重复：第 1 号封签，链 case:a 第 2 条',
    ],
    ['truncated chain', (text) => text.splice(indexOf('a', 5), 2), '链尾被截断：第 2 号封签，链 case:a 第 5 至 6 条'],
    ['removed chain', (text) => text.splice(indexOf('b', 1), 2), '记录缺失：第 1 号封签，链 case:b 第 1 至 2 条'],
    [
      'entry of elsewhere',
      (text) => text.splice(sealAt(2) + 1, 0, text[indexOf('b', 1)] ?? ''),
      '记录不在封签范围内：第 2 号封签，链 case:b 第 1 条',
    ],
    ['swapped signatures', swapSignatures, '封签的签名无效：第 1 号封签'],
    ['missing seal', (text) => text.splice(sealAt(2), 4), '封签缺失：第 2 号封签'],
    ['missing last seal', (text) => text.splice(sealAt(3), 2), '封签缺失：第 3 号封签'],
    [
      'downgraded seal',
      (text) => text.splice(sealAt(2), 1, (text[sealAt(2)] ?? '').replace('"scheme":2', '"scheme":1')),
      '封签的方案版本被降低：第 2 号封签',
    ],
    [
      'changed head',
      (text) => text.splice(sealAt(3), 1, (text[sealAt(3)] ?? '').replace('case:c', 'case:d')),
      '封签内容被改动：第 3 号封签',
    ],
  ])('R45: a %s, the manifest left or made anew', async (_what, edit, words) => {
    const text = edited(edit);
    const left = await check(packed(text));
    expect(left.words).toContain(words);
    expect(left.words.join()).toContain('全文的 SM3 与清单不符');
    const anew = await check(counted(text));
    expect(anew.words).toContain(words);
    expect(anew.words.join()).toContain('清单的签名无效或缺失');
  });

  test.each<[string, () => Buffer, string]>([
    ['cut off in the middle of its bytes', () => october.subarray(0, -40), '被截断'],
    ['cut off after a line', () => packed(lines().slice(0, -2)), '没有结尾的清单，被截断'],
    ['without its signature', () => packed(lines().slice(0, -1)), '清单的签名无效或缺失'],
    ['with a line after its end', () => packed([...lines(), lines()[2] ?? '']), '签名之后还有内容'],
    [
      'whose signature claims an older scheme',
      () => packed(edited((text) => text.push((text.pop() ?? '').replace('"scheme":2', '"scheme":1')))),
      '清单签名的方案版本不对',
    ],
    ['that is something else', () => gzipSync('hello\n'), '不是归档文件'],
    ['that is not packed', () => Buffer.from('hello'), '不是归档文件'],
  ])('R45: a file %s', async (_what, file, words) => {
    expect((await check(file())).words.join()).toContain(words);
  });

  test('R45: a file signed anew with a key of somebody else is not believed', async () => {
    const report = await check(october, ['0'.repeat(64)]);
    expect(report.words).toContain('封签所用的公钥不可信：第 1 号封签');
  });
});

test('R45: the command says what is wrong and where, without database or server', () => {
  const run = (name: string, file: Buffer, ...more: string[]) => {
    const path = join(folder, name);
    writeFileSync(path, file);
    const done = spawnSync(process.execPath, ['tools/verify-audit.ts', path, ...more], {
      encoding: 'utf8',
      env: { PATH: '' },
    });
    return { status: done.status, text: done.stdout };
  };
  const good = run('good.gz', october, '--key', trusted[0] ?? '');
  expect(good).toMatchObject({ status: 0 });
  expect(good.text).toContain('结论：完整，未被改动，签名有效');
  const bad = run('bad.gz', packed(edited((text) => text.splice(indexOf('a', 2), 1))));
  expect(bad).toMatchObject({ status: 1 });
  expect(bad.text).toContain('记录缺失：第 1 号封签，链 case:a 第 2 条');
  expect(run('none.gz', Buffer.from('x'))).toMatchObject({ status: 2 });
});

test('R45: entries leave the database only past retention, by the owner, with a whole archive, and leave a fact and a chain that still verifies', async () => {
  const remove = (file: Buffer, keptMonths = 6) =>
    removeArchived({ ownerDb: database.ownerDb, clock, keptMonths, open: () => Readable.from([file]) });
  const left = () =>
    sql<{ n: string }>`select count(*) as n from kernel.audit_entry where object_type = 'case'`.execute(database.db);
  expect(await remove(october)).toEqual({ outcome: 'kept-longer' });
  clock.advance(190 * 86_400_000);
  expect(await remove(october, 12)).toEqual({ outcome: 'kept-longer' });
  expect(await remove(packed(lines().slice(0, -1)))).toEqual({ outcome: 'unknown-archive' });
  const [security] = (await listArchives(database.db)).filter(({ kind }) => kind === 'security');
  expect(await remove(await fileOf(security?.id ?? ''))).toEqual({ outcome: 'partial' });
  await expect(
    removeArchived({ ownerDb: database.db, clock, keptMonths: 6, open: () => Readable.from([october]) }),
  ).rejects.toThrow(/permission denied/);

  expect(await remove(october, 1)).toEqual({ outcome: 'done', entries: 6, chains: 1 });
  // The newest sealed stretch of b and c stays, beside what was sealed in November.
  expect((await left()).rows[0]?.n).toBe('4');
  expect(await lastFactOf(database.db, { type: 'case', id: 'c' })).toMatchObject({ detail: { n: 1 } });
  expect(await remove(october)).toEqual({ outcome: 'already-removed' });
  expect(await verifyChain(database.db, 'case:a')).toEqual({ intact: true, entries: 1 });
  await write(fact('a', 8), fact('b', 3));
  await seal();
  const verify = ownSealKeys(database.db, signer, (key, digest, signature) =>
    crypto.verify(key, Buffer.from(digest, 'utf8'), signature),
  );
  expect(await checkTrail(database.db, verify, { from: 1, most: 1_000, anchored: 0 })).toMatchObject({
    findings: [],
    next: null,
  });

  // The month after: what had stayed of b leaves now that b has gone on.
  const made = await make('all', '2026-11');
  if (made.outcome !== 'done') throw new Error(made.outcome);
  clock.advance(190 * 86_400_000);
  expect(await remove(await fileOf(made.archive.id))).toMatchObject({ outcome: 'done', entries: 3 });
  expect(await lastFactOf(database.db, { type: 'case', id: 'b' })).toMatchObject({ detail: { n: 3 } });
  expect(await verifyChain(database.db, 'case:b')).toEqual({ intact: true, entries: 1 });
  await seal();
  expect(await checkTrail(database.db, verify, { from: 1, most: 1_000, anchored: 0 })).toMatchObject({ findings: [] });
});
