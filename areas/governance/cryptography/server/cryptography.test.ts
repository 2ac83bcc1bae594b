import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { cryptographyContract, type SelfCheckView } from '../model/cryptography.contract.ts';

// Real here: PostgreSQL, web server, engine. Made up: the clock.

let served: ServedProduct;
let security: Client<typeof cryptographyContract>;
beforeAll(async () => {
  served = await aServedProduct();
  security = served.client(cryptographyContract, await served.signIn('security1'));
}, 60_000);
afterAll(() => served.close());

const control = (view: SelfCheckView, id: string) => {
  const found = view.controls.find((one) => one.id === id);
  if (!found) throw new Error(`no control ${id}`);
  return found;
};

test('R55: the self-check tells of every control how it is met, with what was found just now', async () => {
  const view = await security.checkNow({});
  expect(view.controls.length).toBeGreaterThan(25);
  expect(new Set(view.controls.map(({ id }) => id)).size).toBe(view.controls.length);
  for (const { how, evidence, cloud, verdict } of view.controls) {
    expect(how).not.toBe('');
    expect(verdict === 'cloud' ? cloud : evidence.length + how.length).toBeTruthy();
  }
  expect(control(view, '39786-8.5-1').evidence.map(({ good }) => good)).toEqual([true, true, true]);
  expect(control(view, '39786-8.4-2')).toMatchObject({ verdict: 'met' });
  expect(
    control(view, '39786-8.4-5')
      .evidence.map(({ text }) => text)
      .join(),
  ).toContain('动态口令密钥');
  const textOf = (id: string): string =>
    control(view, id)
      .evidence.map(({ text }) => text)
      .join();
  expect(textOf('39786-8.5-2')).toMatch(/主密钥在数据库之外，编号 [0-9a-f]{8}，自启用以来未更换/);
  expect(textOf('39786-8.4-7')).toMatch(/签名证书/);
  expect(await security.selfCheck({})).toEqual(view);
});

test('R55: what has been altered in the database shows at the next check', async () => {
  const { db } = served.database;
  await sql`update governance.totp set sealed_secret = overlay(sealed_secret placing 'AAAA' from 60) where user_id = 'demo-auditor2'`.execute(
    db,
  );
  const view = await security.checkNow({});
  const { verdict, evidence } = control(view, '39786-8.4-5');
  expect(verdict).toBe('attention');
  expect(evidence.find(({ good }) => good === false)?.text).toContain('governance.totp');
  await sql`delete from governance.totp where user_id = 'demo-auditor2'`.execute(db);
  expect(control(await security.checkNow({}), '39786-8.4-5').verdict).toBe('met');
});

test('R55: the same is downloaded as a document', async () => {
  const cookie = await served.signIn('security1');
  const reply = await served.server.inject({
    url: '/api/governance/cryptography/self-check.md',
    headers: { ...ownPage, cookie },
  });
  expect(reply.headers['content-disposition']).toContain('attachment');
  const view = await security.selfCheck({});
  for (const { title } of view.controls) expect(reply.body).toContain(`### ${title}（`);
  expect(reply.body).toContain('| 个人信息 |');
});

test('R55: keys are renewed by the security administrator; who is signed in by a second factor stays able to', async () => {
  const before = await security.keys({});
  expect(before).toMatchObject({ certified: false, rotation: null });
  const begun = await security.renew({});
  expect(begun.startedBy).toBe('朱安演示');
  await waitUntil(async () => (await security.keys({})).rotation?.finishedAt !== null);
  const { rotation, keys } = await security.keys({});
  // Not waiting for a person: everything sealed of the demo's people is declared.
  expect(rotation).toMatchObject({ state: 'done', remark: '', broken: [] });
  expect(keys.filter(({ state }) => state === 'current').every(({ version }) => version === 2)).toBe(true);
  await served.signIn('security2');
  await sql`select 1`.execute(served.database.db);
  const { rows } = await sql<{
    action: string;
  }>`select action from kernel.audit_entry where action like 'governance.cryptography.renew%' order by action`.execute(
    served.database.db,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'governance.cryptography.renew',
    'governance.cryptography.renewalEnded',
  ]);
});

test('R55: the auditor reads and changes nothing; the system administrator sees nothing of it', async () => {
  const auditor = served.client(cryptographyContract, await served.signIn('auditor1'));
  expect((await auditor.selfCheck({})).controls.length).toBeGreaterThan(25);
  await expect(auditor.renew({})).rejects.toThrow(Failure);
  await expect(auditor.checkNow({})).rejects.toThrow(Failure);
  const admin = served.client(cryptographyContract, await served.signIn('admin1'));
  await expect(admin.keys({})).rejects.toThrow(Failure);
});
