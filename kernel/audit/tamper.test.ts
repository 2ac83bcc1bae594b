import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import type { AuditFact } from './fact.ts';
import { findingText } from './finding-words.ts';
import { ownSealKeys, type SealAnchor, sealerOver } from './sealer.ts';
import { appendFact, appendFacts, verifyChain } from './trail.store.ts';
import { checkTrail, proveChain } from './trail-check.ts';
import type { VerifySeal } from './walk.ts';

// Real: PostgreSQL with the rights of the serving user, SM2. Made up: the clock. Tampering is done as the owner of the database.

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const clock = clockAt('2026-11-23T02:00:00Z');

let database: TestDatabase;
let noted: { number: number; digest: string } | undefined;
const anchor: SealAnchor = {
  read: async () => noted,
  write: async (seal) => {
    noted = seal;
  },
};
let verify: VerifySeal;

const sealer = () =>
  sealerOver({
    db: database.db,
    clock,
    signer: personalSigner(crypto, clock),
    pace: async () => ({ heads: 2, seconds: 10 }),
    anchor,
  });

const fact = (chain: string, n: number): AuditFact => ({
  at: new Date(Date.UTC(2026, 10, 23, 1, 0, n)),
  kind: 'operation',
  action: 'elv.vehicle-case:submit',
  actor: { id: 'u1', name: '张三', organisationId: 'e1', ip: '127.0.0.1', agent: 'test' },
  object: { type: 'case', id: chain },
  outcome: 'done',
  detail: { n, 中文: '值' },
  traceId: 't',
});

const write = async (chain: string, from: number, to: number): Promise<void> => {
  for (let n = from; n <= to; n += 1) await inTransaction(database.db, (tx) => appendFact(tx, fact(chain, n)));
};
const asOwner = (statement: string): Promise<unknown> => sql.raw(statement).execute(database.ownerDb);
const checked = () => checkTrail(database.db, verify, { from: 1, most: 1_000_000, anchored: noted?.number ?? 0 });

/** Two seals: chains a (1–3) and b (1–2) under the first, a (4–6) and c (1) under the second. */
beforeEach(async () => {
  database = await aDatabase(kernelMigrations);
  noted = undefined;
  const signer = personalSigner(crypto, clock);
  verify = ownSealKeys(database.db, signer, (key, digest, signature) =>
    crypto.verify(key, Buffer.from(digest, 'utf8'), signature),
  );
  await write('a', 1, 3);
  await write('b', 1, 2);
  await sealer().sealNow();
  await write('a', 4, 6);
  await write('c', 1, 1);
  await sealer().sealNow();
  return () => database.close();
});

test('R45: what nobody touched is whole, seals and entries', async () => {
  expect(await checked()).toEqual({ findings: [], seals: 2, entries: 9, next: null });
});

test('R45: nothing new, nothing sealed; one more fact, one more seal that goes on where the last one ended', async () => {
  expect(await sealer().sealNow()).toEqual([]);
  await write('a', 7, 7);
  const [seal] = await sealer().sealNow();
  expect(seal).toMatchObject({ number: 3, scheme: 2, heads: [{ chain: 'case:a', fromSeq: 6, seq: 7 }] });
});

const owner = (chain: string, where: string) => `where chain = 'case:${chain}' and ${where}`;

describe('R45: whoever owns the database cannot change the past unnoticed', () => {
  test.each([
    [
      'flipped',
      [`update kernel.audit_entry set detail = '{"n":9}' ${owner('a', 'seq = 2')}`],
      '内容被改动：第 1 号封签，链 case:a 第 2 条',
    ],
    [
      'deleted',
      [`delete from kernel.audit_entry ${owner('a', 'seq = 2')}`],
      '记录缺失：第 1 号封签，链 case:a 第 2 条',
    ],
    [
      'reordered',
      [
        `update kernel.audit_entry set seq = 99 ${owner('a', 'seq = 2')}`,
        `update kernel.audit_entry set seq = 2 ${owner('a', 'seq = 3')}`,
        `update kernel.audit_entry set seq = 3 ${owner('a', 'seq = 99')}`,
      ],
      '内容被改动：第 1 号封签，链 case:a 第 2 条',
    ],
    [
      'truncated with its head',
      [
        `delete from kernel.audit_entry ${owner('a', 'seq > 4')}`,
        `update kernel.audit_head set seq = 4, digest = (select digest from kernel.audit_entry ${owner('a', 'seq = 4')}) where chain = 'case:a'`,
      ],
      '链尾被截断：第 2 号封签，链 case:a 第 5 至 6 条',
    ],
    [
      'removed as a whole chain',
      [`delete from kernel.audit_entry where chain = 'case:b'`, `delete from kernel.audit_head where chain = 'case:b'`],
      '记录缺失：第 1 号封签，链 case:b 第 1 至 2 条',
    ],
    [
      'left with swapped signatures',
      [
        `update kernel.audit_seal set signature = (select o.signature from kernel.audit_seal o where o.number = 3 - audit_seal.number)`,
      ],
      '封签的签名无效：第 1 号封签',
    ],
    ['downgraded', [`update kernel.audit_seal set scheme = 1 where number = 2`], '封签的方案版本被降低：第 2 号封签'],
    [
      'told of a scheme nobody knows',
      [`update kernel.audit_seal set scheme = 3 where number = 2`],
      '封签的方案版本不认识：第 2 号封签',
    ],
    [
      'freed of a head in a seal',
      [`delete from kernel.audit_sealed_head where chain = 'case:b'`],
      '封签内容被改动：第 1 号封签',
    ],
    [
      'robbed of a seal',
      [`delete from kernel.audit_sealed_head where seal = 1`, `delete from kernel.audit_seal where number = 1`],
      '封签缺失：第 1 号封签',
    ],
    [
      'robbed of the newest seal and everything under it',
      [
        `delete from kernel.audit_sealed_head where seal = 2`,
        `delete from kernel.audit_seal where number = 2`,
        `delete from kernel.audit_entry ${owner('a', 'seq > 3')}`,
        `update kernel.audit_head set seq = 3 where chain = 'case:a'`,
        `delete from kernel.audit_entry where chain = 'case:c'`,
        `delete from kernel.audit_head where chain = 'case:c'`,
      ],
      '封签缺失：第 2 号封签',
    ],
  ])('R45: an entry or seal that was %s is found and named', async (_how, statements, words) => {
    for (const statement of statements) await asOwner(statement);
    const { findings } = await checked();
    expect(findings.map(findingText)).toContain(words);
  });

  test('R45: a chain rewritten from the middle with all its digests and its head differs from what was sealed', async () => {
    await asOwner(`delete from kernel.audit_entry ${owner('a', 'seq > 1')}`);
    await asOwner(
      `update kernel.audit_head set seq = 1, digest = (select digest from kernel.audit_entry ${owner('a', 'seq = 1')}) where chain = 'case:a'`,
    );
    await write('a', 22, 26);
    expect(await verifyChain(database.db, 'case:a')).toEqual({ intact: true, entries: 6 });
    const { findings } = await checked();
    expect(findings.map(findingText)).toContain('整段被重写，与封签不符：第 1 号封签，链 case:a 第 3 条');
  });

  test('R45: seals made anew with a key of somebody else are not the server’s', async () => {
    const foreign = softwareCrypto(Buffer.alloc(32, 9));
    for (const table of ['audit_sealed_head', 'audit_seal', 'audit_key', 'signing_key']) {
      await asOwner(`delete from kernel.${table}`);
    }
    await asOwner(`update kernel.audit_head set unsealed = true`);
    const thief = sealerOver({
      db: database.ownerDb,
      clock,
      signer: personalSigner(foreign, clock),
      pace: async () => ({ heads: 1, seconds: 1 }),
      anchor: { read: async () => undefined, write: async () => undefined },
    });
    await thief.sealNow();
    const { findings } = await checked();
    expect(findings.map(findingText)).toContain('封签所用的公钥不可信：第 1 号封签');
  });
});

const cutOfA = (archive: string) =>
  `insert into kernel.audit_cut select chain, seq, digest, '${archive}' from kernel.audit_sealed_head where chain = 'case:a' and seq = 3`;

test.each([
  ['by no archive at all', 'none'],
  ['by an archive whose removal ended before', 'older'],
])('R45: entries deleted behind a cut that is owed to nothing in the log, %s, are found', async (_how, archive) => {
  await inTransaction(database.db, (tx) =>
    appendFact(tx, {
      ...fact('x', 1),
      action: 'kernel.audit.removeArchived',
      object: { type: 'kernel.audit-archive', id: 'older' },
      detail: { fromSeal: 0, toSeal: 0 },
    }),
  );
  await sealer().sealNow();
  await asOwner(`delete from kernel.audit_entry ${owner('a', 'seq <= 3')}`);
  await asOwner(cutOfA(archive));
  expect((await checked()).findings.map(findingText)).toContain('记录缺失：第 1 号封签，链 case:a 第 1 至 3 条');
  expect(await verifyChain(database.db, 'case:a')).toMatchObject({ intact: false, what: 'missing' });
  expect((await proveChain(database.db, verify, 'case:a')).findings).not.toEqual([]);
});

test('R45: one chain is proven by its links and by the seals that name it', async () => {
  await write('a', 7, 8);
  const proof = await proveChain(database.db, verify, 'case:a');
  expect(proof).toMatchObject({
    chain: { intact: true, entries: 8 },
    sealedTo: 6,
    lastSeal: { number: 2 },
    findings: [],
  });
  await asOwner(`update kernel.audit_seal set signature = 'x' || substr(signature, 2) where number = 2`);
  const after = await proveChain(database.db, verify, 'case:a');
  expect(after.findings.map(findingText)).toEqual(['封签的签名无效：第 2 号封签']);
});

test('R45: fifty writers of fifty chains, and sealers beside them, leave everything whole and sealed', async () => {
  const seals = Promise.all([sealer().sealNow(), sealer().sealNow()]);
  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      inTransaction(database.db, (tx) => appendFacts(tx, [fact(`w${n}`, 1), fact('a', n), fact(`w${n}`, 2)])),
    ),
  );
  await seals;
  await sealer().sealNow();
  const report = await checked();
  expect(report).toMatchObject({ findings: [], entries: 9 + 150 });
  expect(await sealer().sealNow()).toEqual([]);
});

test('T5.6: the serving user can neither change nor remove a seal', async () => {
  for (const table of ['audit_seal', 'audit_sealed_head', 'audit_key', 'audit_cut', 'audit_archive']) {
    await expect(sql.raw(`delete from kernel.${table}`).execute(database.db)).rejects.toThrow(/permission denied/);
  }
  await expect(sql.raw(cutOfA('x')).execute(database.db)).rejects.toThrow(/permission denied/);
  await expect(sql`update kernel.audit_seal set scheme = 1`.execute(database.db)).rejects.toThrow(/permission denied/);
});
