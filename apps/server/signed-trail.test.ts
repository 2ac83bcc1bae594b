import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCertificate } from '#kernel/crypto/certificate.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { authorityFingerprint, verifyTrail } from '#kernel/lifecycle/signed-trail.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { readPdf } from '#testkit/read-pdf.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { ensureDemoCases } from './demo/demo-cases.ts';

// Real here: PostgreSQL, engine, web server. Made up: the clock, and the past that is told.

const folder = mkdtempSync(join(tmpdir(), 'hushang-trail-'));
let it: ServedProduct;
let caseId: string;
beforeAll(async () => {
  it = await aServedProduct();
  const { db } = it.database;
  await ensureDemoCases({
    db,
    ...softwareEdition(db, Buffer.alloc(32, 7), systemClock),
    files: diskStore(join(folder, 'files'), { hasty: true }),
    now: it.clock.now(),
    stateFile: join(folder, 'simulators.jsonl'),
    count: 6,
    say: () => undefined,
    onBegin: () => undefined,
  });
  const { rows } = await sql<{ case_id: string }>`select case_id from kernel.step where signature is not null
    group by case_id order by count(*) desc limit 1`.execute(db);
  caseId = rows[0]?.case_id ?? '';
}, 120_000);
afterAll(async () => {
  await it.close();
  rmSync(folder, { recursive: true, force: true });
});

const download = async (form: string, who = 'observer1') =>
  it.server.inject({
    url: `/api/elv/vehicle-cases/${caseId}/signed-trail?form=${form}`,
    headers: { cookie: await it.signIn(who) },
  });

const check = (text: string) => {
  const file = join(folder, 'trail.json');
  writeFileSync(file, text);
  const { status, stdout } = spawnSync(process.execPath, ['tools/verify-trail.ts', file], { encoding: 'utf8' });
  return { status, stdout };
};

test('R55: the signed trail of a case is downloaded and checked without database or server', async () => {
  const reply = await download('json');
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-disposition']).toContain('attachment');
  const { trail, faults, signed } = verifyTrail(reply.body);
  expect(faults).toEqual([]);
  expect(signed).toBeGreaterThan(1);
  expect(trail?.steps.length).toBeGreaterThan(signed - 1);
  expect(check(reply.body)).toMatchObject({ status: 0, stdout: expect.stringContaining('完整，未被改动，签名有效') });
  const altered = check(reply.body.replace(/"version": 2/, '"version": 3'));
  expect(altered).toMatchObject({ status: 1, stdout: expect.stringContaining('内容被改动') });
  expect(check('{}').status).toBe(2);
});

test('R55: every signed step’s key is its actor’s by a certificate of the system’s own authority, as OpenSSL finds too', async () => {
  const { body } = await download('json');
  const { trail, certified, signed } = verifyTrail(body);
  if (trail?.format !== 'hushang-signed-trail-2') throw new Error('a trail with certificates was expected');
  expect(certified).toBe(signed);
  writeFileSync(join(folder, 'authority.pem'), trail.authority);
  const openssl = (...args: readonly string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  const judged = (pem: string, at: string) => {
    writeFileSync(join(folder, 'one.pem'), pem);
    const when = String(Math.floor(Date.parse(at) / 1000));
    const distid = ['-vfyopt', 'distid:1234567812345678'];
    return openssl('verify', ...distid, '-attime', when, '-partial_chain', '-CAfile', 'authority.pem', 'one.pem')
      .status;
  };
  for (const { at, actorId, publicKey } of trail.steps.filter((step) => step.signature !== null)) {
    const own = trail.certificates.filter((pem) => parseCertificate(pem).publicKey === publicKey);
    expect(own.map((pem) => parseCertificate(pem).commonName)).toContain(actorId);
    expect(own.some((pem) => judged(pem, at) === 0)).toBe(true);
    expect(own.some((pem) => judged(pem, '2019-01-01T00:00:00Z') === 0)).toBe(false);
  }
  writeFileSync(join(folder, 'one.pem'), trail.certificates[0] ?? '');
  const subject = openssl('x509', '-in', 'one.pem', '-noout', '-subject', '-ext', 'keyUsage').stdout;
  expect(subject).toContain('Non Repudiation');
  const { stdout } = check(body);
  expect(stdout).toContain(`其中 ${signed} 步附有办理当时有效的证书`);
  expect(stdout).toContain(authorityFingerprint(trail) ?? 'nothing');
});

test('R55: the serving user can neither change nor remove a certificate', async () => {
  const { db } = it.database;
  await expect(sql`update kernel.signing_certificate set owner_id = 'x'`.execute(db)).rejects.toThrow('denied');
  await expect(sql`delete from kernel.signing_certificate`.execute(db)).rejects.toThrow('denied');
});

test('R55: the same as PDF names every step, and carries the file that programs check', async () => {
  const reply = await download('pdf');
  const pages = readPdf(reply.rawPayload)
    .pages.map(({ text }) => text)
    .join('');
  expect(pages).toContain('办理签名记录');
  expect(pages).toContain('记录未被改动，签名有效');
  const { trail } = verifyTrail((await download('json')).body);
  for (const { digest } of trail?.steps ?? []) expect(pages.replace(/\s/g, '')).toContain(digest);
  expect(reply.rawPayload.includes('EmbeddedFile')).toBe(true);
});

test('R55: a case of another enterprise has no trail for its clerk', async () => {
  const { rows } = await sql<{
    enterprise_id: string;
  }>`select enterprise_id from elv.vehicle_case where id = ${caseId}`.execute(it.database.db);
  const other = rows[0]?.enterprise_id === 'yard-1' ? 'clerk2' : 'clerk1';
  expect((await download('json', other)).statusCode).toBe(404);
});
