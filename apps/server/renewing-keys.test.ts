import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCases } from '#areas/elv/vehicle-case/server/case-page.store.ts';
import { listPhotos } from '#areas/elv/vehicle-case/server/photo.store.ts';
import { findCase } from '#areas/elv/vehicle-case/server/vehicle-case.store.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import { storedAccess } from '#kernel/access/stored-access.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { keyRotation } from '#kernel/crypto/rotation.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { findFile } from '#kernel/files/file.store.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { ensureDemoAccounts } from './demo/accounts.ts';
import { ensureDemoCases } from './demo/demo-cases.ts';
import { migrations, roles, sealedTables } from './plans.ts';

const now = new Date('2026-11-23T02:00:00Z');
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await aDatabase(migrations);
  folder = mkdtempSync(join(tmpdir(), 'hushang-renewing-'));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('R55: keys are renewed under the whole product: every case, answer, reading, message, signing key and file stays readable', async () => {
  const { db } = database;
  const { crypto, keeper } = softwareEdition(db, Buffer.alloc(32, 7), systemClock);
  const store = diskStore(join(folder, 'files'), { hasty: true });
  const stateFile = join(folder, 'simulators.jsonl');
  // The demo's yards and people come first: only a yard that is one of them declares itself.
  const accessList = accessListStore({ crypto, signer: personalSigner(crypto, systemClock) });
  const onTurn = async (): Promise<void> => undefined;
  const access = storedAccess({ db, clock: systemClock, store: accessList, shipped: roles, auditRoles: [], onTurn });
  await ensureDemoAccounts(db, { access, accessList, crypto }, now);
  const begun = { say: () => undefined, onBegin: () => undefined };
  await ensureDemoCases({ db, crypto, keeper, files: store, now, stateFile, count: 10, ...begun });
  const files = sealedFiles({ db, crypto, clock: systemClock, store });

  /** Everything a reader could see of all cases, opened. */
  const everything = async () => {
    const { rows } = await sql<{ id: string }>`select id from elv.vehicle_case order by id`.execute(db);
    const seen = [];
    for (const { id } of rows) {
      const loaded = await findCase(db, crypto, id, everyRow);
      const photos = await listPhotos(db, crypto, id);
      const file = photos[0] && (await findFile(db, photos[0].file_id));
      const digest = file && sm3Hex(await buffer(await files.get(file.storeKey)));
      expect(digest).toBe(file?.sm3);
      seen.push([id, loaded?.snapshot.record.sections, photos.map(({ reading }) => reading)]);
    }
    return seen;
  };
  const before = await everything();
  const owner = before.flatMap(([, record]) => {
    const { ownerIdentityNo, ownerPhone } = (record as { owner: Record<string, string> }).owner;
    return ownerIdentityNo && ownerPhone ? [{ ownerIdentityNo, ownerPhone }] : [];
  })[0];
  const found = async (q: string): Promise<number> =>
    (
      await listCases(
        db,
        crypto,
        { q, sort: '-openedAt', page: 1, size: 50 },
        { rows: everyRow, work: [], openStates: [], now },
      )
    ).total;
  const [byNumber, byPhone] = [await found(owner?.ownerIdentityNo ?? ''), await found(owner?.ownerPhone ?? '')];
  expect(byNumber * byPhone).toBeGreaterThan(0);

  const failures: unknown[] = [];
  const rotation = keyRotation({
    db,
    crypto,
    keeper,
    clock: systemClock,
    tables: sealedTables,
    quietMs: 0,
    onEnd: async () => undefined,
    onFailure: (error) => failures.push(error),
  });
  await rotation.begin('security1');
  await rotation.settled();
  expect(failures).toEqual([]);
  // Done, and not waiting for a person: there is no sealed column in the product that is not declared.
  expect(await rotation.find()).toMatchObject({ state: 'done', remark: '', broken: [] });
  expect(await everything()).toEqual(before);
  expect([await found(owner?.ownerIdentityNo ?? ''), await found(owner?.ownerPhone ?? '')]).toEqual([
    byNumber,
    byPhone,
  ]);
  const { rows } = await sql<{
    count: string;
  }>`select count(*) as count from kernel.outbox where body is not null`.execute(db);
  expect(Number(rows[0]?.count)).toBeGreaterThan(0);
}, 120_000);
