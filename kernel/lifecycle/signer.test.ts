import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCertificate } from '#kernel/crypto/certificate.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { verifyCertificate } from '#kernel/crypto/verify-certificate.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { trailSealOwner } from './signed-trail.ts';
import { personalSigner } from './signer.store.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

const start = new Date('2026-03-01T08:00:00.400Z');
const aSigner = (at: Date) => {
  const clock = clockAt(at.toISOString());
  return { clock, signer: personalSigner(crypto, clock) };
};
const certificatesOf = (signer: ReturnType<typeof aSigner>['signer'], publicKey: string) =>
  signer.certificates(database.db, [publicKey], trailSealOwner);
const inForce = (pems: readonly string[], trusted: string, at: Date): number =>
  pems.filter((certificate) => verifyCertificate({ certificate, trusted: [trusted], at }).valid).length;

test('T5.7: the first signature brings a certificate that names the account and covers the moment; the next ones need no more', async () => {
  const { signer, clock } = aSigner(start);
  const { publicKey } = await signer.sign(database.db, 'u-1', 'a'.repeat(64));
  for (let count = 0; count < 3; count += 1) {
    clock.advance(86_400_000);
    await signer.sign(database.db, 'u-1', 'b'.repeat(64));
  }
  const { authority, issued } = await certificatesOf(signer, publicKey);
  const own = issued.filter((one) => one.publicKey === publicKey);
  expect(own.map(({ pem }) => parseCertificate(pem).commonName)).toEqual(['u-1']);
  // The time of a step is taken before it is signed.
  expect(inForce([own[0]?.pem ?? ''], authority.pem, new Date(start.getTime() - 60_000))).toBe(1);
  expect(issued.some(({ pem }) => parseCertificate(pem).commonName === trailSealOwner)).toBe(true);
});

test('T5.7: when a certificate has run out the next signature brings another one, also for a process that begins then', async () => {
  const { signer, clock } = aSigner(start);
  const { publicKey } = await signer.sign(database.db, 'u-2', 'a'.repeat(64));
  clock.advance(4 * 366 * 86_400_000);
  await signer.sign(database.db, 'u-2', 'b'.repeat(64));
  const later = new Date(clock.now().getTime() + 4 * 366 * 86_400_000);
  await aSigner(later).signer.sign(database.db, 'u-2', 'c'.repeat(64));
  const { authority, issued } = await certificatesOf(signer, publicKey);
  const pems = issued.filter((one) => one.publicKey === publicKey).map(({ pem }) => pem);
  expect(pems).toHaveLength(3);
  for (const at of [start, clock.now(), later]) expect(inForce(pems, authority.pem, at)).toBe(1);
});

test('T5.7: a certificate of a transaction that came to nothing is made again', async () => {
  const { signer } = aSigner(start);
  const undone = (db: Db) =>
    inTransaction(db, async (tx) => {
      await signer.sign(tx, 'u-3', 'a'.repeat(64));
      throw new Error('rolled back');
    });
  await expect(undone(database.db)).rejects.toThrow('rolled back');
  const { publicKey } = await signer.sign(database.db, 'u-3', 'a'.repeat(64));
  expect((await certificatesOf(signer, publicKey)).issued.filter((one) => one.publicKey === publicKey)).toHaveLength(1);
});

test('T5.7: a key from before certificates is certified from its own beginning on', async () => {
  const { publicKey, privateKey } = await crypto.newKeyPair();
  const sealed = await crypto.seal('signing-key', Buffer.from(privateKey, 'utf8'), 'u-4');
  const begun = new Date('2025-06-01T00:00:00Z');
  await database.db
    .withTables<{ 'kernel.signing_key': Record<string, unknown> }>()
    .insertInto('kernel.signing_key')
    .values({ owner_id: 'u-4', public_key: publicKey, sealed_private_key: sealed, created_at: begun })
    .execute();
  const { signer } = aSigner(start);
  expect((await signer.sign(database.db, 'u-4', 'a'.repeat(64))).publicKey).toBe(publicKey);
  const { authority, issued } = await certificatesOf(signer, publicKey);
  const pems = issued.filter((one) => one.publicKey === publicKey).map(({ pem }) => pem);
  expect([inForce(pems, authority.pem, begun), inForce(pems, authority.pem, start)]).toEqual([1, 1]);
});

test('T5.7: of many first signatures at once there is one authority, and every certificate is its own', async () => {
  const fresh = await aDatabase(kernelMigrations);
  try {
    const { signer } = aSigner(start);
    const names = Array.from({ length: 6 }, (_, n) => `many-${n}`);
    const made = await Promise.all(names.map((name) => signer.sign(fresh.db, name, 'a'.repeat(64))));
    const { authority, issued } = await signer.certificates(
      fresh.db,
      made.map(({ publicKey }) => publicKey),
      trailSealOwner,
    );
    const pems = issued.map(({ pem }) => pem);
    expect(pems).toHaveLength(7);
    expect(inForce(pems, authority.pem, start)).toBe(7);
  } finally {
    await fresh.close();
  }
});
