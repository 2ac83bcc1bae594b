import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemStepContract } from '#areas/elv/enterprise-system/model/enterprise-system.contract.ts';
import { aSystem, type SystemHands } from '#testkit/intake-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

// Real here: PostgreSQL, web server, both implementations of the signature. No outside system answers; the clock is made up.
let it: ServedProduct;
let system: SystemHands;
beforeAll(async () => {
  it = await aServedProduct();
  system = await aSystem(it);
});
afterAll(() => it.close());

const cases = '/intake/cases';

describe('a photograph of a system', () => {
  test('T5.4: has the name that was signed with it; another one is refused, and unsigned headers name nothing', async () => {
    const { body } = await system.call('POST', cases, { reference: 'DD-12' });
    const fileName = '行驶证.jpg';
    const sent = await system.photograph(body.id, 'licence-back', aJpeg(), randomUUID(), {
      fileName,
      unsigned: { 'x-file-name': encodeURIComponent('别的.jpg') },
    });
    expect(sent.status).toBe(200);
    const unnamed = await system.photograph(body.id, 'licence-main', aJpeg(70, 40), randomUUID(), {
      unsigned: { 'x-file-name': encodeURIComponent('别的.jpg') },
    });
    expect(unnamed.status).toBe(200);
    const key = randomUUID();
    const signedUrl = `/api${cases}/${body.id}/photos/licence-back?key=${key}`;
    const renamed = await system.photograph(body.id, 'licence-back', aJpeg(), key, { fileName, signedUrl });
    expect([renamed.status, renamed.body.code]).toEqual([401, 'SIGNATURE']);
    const { rows } =
      await sql`select file_name from elv.vehicle_photo where case_id = ${body.id} order by part`.execute(
        it.database.db,
      );
    expect(rows).toEqual([{ file_name: fileName }, { file_name: '未命名' }]);
  });

  test('T5.4: of a system that is revoked while its photograph arrives nothing is kept', async () => {
    const ending = await aSystem(it, { name: '传到一半停用' });
    const { body } = await ending.call('POST', cases, { reference: 'DD-13' });
    const { ownerDb } = it.database;
    await sql`update elv.enterprise_system set last_used_at = null where id = ${ending.id}`.execute(ownerDb);
    const bytes = aJpeg(200, 100);
    const letIn = async (): Promise<boolean> => {
      const { rows } =
        await sql`select 1 from elv.enterprise_system where id = ${ending.id} and last_used_at is not null`.execute(
          ownerDb,
        );
      return rows.length === 1;
    };
    const slowly = async function* () {
      yield bytes.subarray(0, 100);
      await vi.waitUntil(letIn, 10_000);
      const steps = it.client(systemStepContract, await it.signIn('commission1'));
      await steps.revoke({ id: ending.id, version: 3, key: randomUUID(), input: { reason: '密钥可能泄露' } });
      yield bytes.subarray(100);
    };
    const answer = await ending.photograph(body.id, 'licence-back', bytes, randomUUID(), {
      sent: Readable.from(slowly()),
    });
    expect([answer.status, answer.body.code]).toEqual([401, 'NOT_IN_FORCE']);
    const { rows } = await sql`select id from elv.vehicle_photo where case_id = ${body.id}`.execute(it.database.db);
    expect(rows).toEqual([]);
  });
});
