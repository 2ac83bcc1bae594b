import { afterAll, beforeAll, expect, test } from 'vitest';
import { listArchives } from '#kernel/audit/archive.store.ts';
import { trustedKeys } from '#kernel/audit/archive.ts';
import { serverFact } from '#kernel/audit/fact.ts';
import { sealKeyOf } from '#kernel/audit/sealer.ts';
import { isWhole, verifyArchive } from '#kernel/audit/verify-archive.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { setPeriod } from '#kernel/settings/setting.store.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { keepingSettings, neverArchived } from '../model/audit-settings.ts';
import type { AuditLogParts } from './audit-log.parts.ts';
import { archiveDue } from './month-archives.ts';

// Real: PostgreSQL, seals, files. Made up: the clock; sealing is done by hand.

let served: ServedProduct;
let parts: AuditLogParts;
beforeAll(async () => {
  served = await aServedProduct('2026-09-20T02:00:00Z');
  const { database, product, clock, files } = served;
  const { crypto, audit: desk, facts } = product;
  parts = {
    db: database.db,
    files: sealedFiles({ db: database.db, crypto, clock, store: files }),
    clock,
    key: sealKeyOf(personalSigner(crypto, clock)),
    desk,
    facts,
    titles: () => [],
    valueTitles: () => () => undefined,
  };
});
afterAll(() => served.close());

const at = async (when: string): Promise<void> => {
  served.clock.set(when);
  await parts.facts.leave(serverFact(served.clock.now(), 'kernel.server.started', {}));
  await served.product.audit.sealer.sealNow();
};
const monthsOf = async (): Promise<readonly string[]> =>
  (await listArchives(parts.db)).map(({ month }) => month).toSorted();

test('R45: a month that is over is archived by itself some days later, once, the oldest first, and reads back whole', async () => {
  await at('2026-09-20T02:00:00Z');
  await at('2026-10-10T02:00:00Z');
  await at('2026-11-01T02:00:00Z');
  expect((await archiveDue(parts))?.outcome).toBe('done');
  expect(await monthsOf()).toEqual(['2026-09']);
  expect(await archiveDue(parts)).toBeUndefined();
  served.clock.set('2026-11-04T02:00:00Z');
  expect((await archiveDue(parts))?.outcome).toBe('done');
  expect(await archiveDue(parts)).toBeUndefined();
  expect(await monthsOf()).toEqual(['2026-09', '2026-10']);
  for (const { id } of await listArchives(parts.db))
    expect(isWhole(await verifyArchive(await parts.files.get(id), await trustedKeys(parts.db)))).toBe(true);
});

test('R45: where it is set to none, months are archived by hand alone', async () => {
  const { setting } = keepingSettings.archiveDays;
  await inTransaction(parts.db, (tx) =>
    setPeriod(tx, setting, { was: null, value: neverArchived, by: 'auditor1', at: served.clock.now() }),
  );
  await at('2026-12-20T02:00:00Z');
  expect(await archiveDue(parts)).toBeUndefined();
  expect(await monthsOf()).toEqual(['2026-09', '2026-10']);
});
