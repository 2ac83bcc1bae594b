import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Client } from '#kernel/contract/client.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';
import { auditLogContract } from '../model/audit-log.contract.ts';

// Real: PostgreSQL, the web server through inject, SM2. Made up: the clock; looking and sealing are done by hand.

type Auditor = Client<typeof auditLogContract>;
let served: ServedProduct;
let cookie: string;
let auditor: Auditor;
let other: Auditor;
/** Lets time go by; a session does not outlast it, so the auditors sign in anew. */
const pass = async (ms: number): Promise<void> => {
  served.clock.advance(ms);
  cookie = await served.signIn('auditor1');
  auditor = served.client(auditLogContract, cookie);
  other = served.client(auditLogContract, await served.signIn('auditor2'));
};
beforeAll(async () => {
  served = await aServedProduct();
  await pass(0);
});
afterAll(() => served.close());

const minute = 60_000;
const leave = (fact: Partial<AuditFact>): Promise<void> =>
  served.product.facts.leave({
    at: served.clock.now(),
    kind: 'operation',
    action: 'elv.vehicle-case.get',
    actor: { id: 'u1', name: '张三', organisationId: 'yard-1', ip: '10.0.0.1' },
    object: null,
    outcome: 'done',
    detail: {},
    traceId: 'trace-1',
    ...fact,
  });
const actions = async (filter: Parameters<Auditor['entries']>[0]): Promise<readonly string[]> =>
  (await auditor.entries(filter)).rows.map(({ action }) => action);

describe('R45: alerts', () => {
  const open = async (rule: string) => (await auditor.alerts({})).rows.filter((one) => one.rule === rule);
  const failSignIn = (userName: string, ip: string) =>
    served.server.inject({
      method: 'POST',
      url: '/api/governance/session',
      headers: ownPage,
      remoteAddress: ip,
      payload: { userName, password: 'wrong-password' },
    });

  test('R45: failed sign-ins of one account and from one address are told once, and grow while they are open', async () => {
    await pass(60 * minute);
    for (let n = 0; n < 5; n += 1) await failSignIn('desk1', '10.7.0.1');
    await served.product.audit.look();
    const [alert] = await open('failed-sign-ins-account');
    expect(alert).toMatchObject({ level: 'high', count: 5, state: 'open', own: false });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await failSignIn(`nobody-${name}`, '10.7.0.1');
    await served.product.audit.look();
    await served.product.audit.look();
    expect(await open('failed-sign-ins-account')).toHaveLength(1);
    expect(await open('failed-sign-ins-address')).toMatchObject([{ aboutName: '10.7.0.1', count: 11 }]);
    expect(await actions({ action: 'governance.audit-log.raiseAlert' })).not.toEqual([]);
    // Those who handle alerts were told, once; whom it is about is not said there.
    const { rows } = await served.client(noticeContract, cookie).list({ size: 100 });
    const told = rows.filter(({ matter }) => matter.id === alert?.id);
    expect(told.map(({ text }) => text)).toEqual(['同一账号多次登录失败，请查看并处置。']);
    const security = served.client(noticeContract, await served.signIn('security1'));
    expect((await security.list({ size: 100 })).rows).toEqual([]);
  });

  test('R45: handled with an opinion, an alert is closed and does not come back for the same; new failures raise a new one', async () => {
    const [alert] = await open('failed-sign-ins-address');
    await auditor.handleAlert({ id: alert?.id ?? '', opinion: '已核实为本人忘记密码' });
    await served.product.audit.look();
    expect(await open('failed-sign-ins-address')).toEqual([]);
    expect((await auditor.alerts({ state: 'handled' })).rows).toMatchObject([
      { handledBy: '杨审演示', opinion: '已核实为本人忘记密码' },
    ]);
    await expect(other.handleAlert({ id: alert?.id ?? '', opinion: '重复处置一次' })).rejects.toMatchObject({
      code: 'HANDLED',
    });
    served.clock.advance(minute);
    for (let n = 0; n < 10; n += 1) await failSignIn(`nobody-${n}`, '10.7.0.1');
    await served.product.audit.look();
    expect(await open('failed-sign-ins-address')).toHaveLength(1);
  });

  test('R45: nobody handles an alert about himself', async () => {
    for (let n = 0; n < 520; n += 1)
      await leave({ actor: { id: 'demo-auditor1', name: '杨审演示', organisationId: null, ip: '' } });
    await served.product.audit.look();
    const [alert] = await open('mass-reads');
    expect(alert).toMatchObject({ aboutName: '杨审演示', own: true });
    await expect(auditor.handleAlert({ id: alert?.id ?? '', opinion: '是我本人在抽查' })).rejects.toMatchObject({
      code: 'OWN_MATTER',
      status: 403,
    });
    await other.handleAlert({ id: alert?.id ?? '', opinion: '已向本人核实，属抽查' });
    expect(await open('mass-reads')).toEqual([]);
  });

  test('R14, R45: what anybody may ask without an account is nobody’s reading of many things', async () => {
    await pass(60 * minute);
    const nobody = { id: 'nobody', name: '', organisationId: null, ip: '10.7.0.9' };
    for (let n = 0; n < 520; n += 1) await leave({ action: 'elv.public-progress.find', actor: nobody });
    await served.product.audit.look();
    expect(await open('mass-reads')).toEqual([]);
  });

  test('R45: administrators at work in the night, refusals again and again, rules of the log changed, a broken chain', async () => {
    await pass(14 * 60 * minute);
    await leave({ actor: { id: 'demo-admin1', name: '韩管演示', organisationId: null, ip: '' } });
    for (let n = 0; n < 25; n += 1)
      await leave({
        kind: 'security',
        outcome: 'refused',
        detail: { code: `C${n}`, status: 403 },
        actor: { id: 'demo-clerk2', name: '吴一演示', organisationId: null, ip: '' },
      });
    await auditor.setSetting({ setting: 'audit.refusals.count', was: null, value: 21 });
    await leave({ action: 'test.search', kind: 'interface', outcome: 'failed' });
    await served.product.audit.sealer.sealNow();
    await sql`delete from kernel.audit_entry where action = 'test.search' and outcome = 'failed'`.execute(
      served.database.ownerDb,
    );
    await served.product.audit.look();
    expect((await open('odd-hours')).map(({ aboutName }) => aboutName)).toContain('韩管演示');
    expect(await open('repeated-refusals')).toMatchObject([{ aboutName: '吴一演示', count: 25 }]);
    expect((await open('log-keeping-changed'))[0]).toMatchObject({
      aboutName: '杨审演示',
      own: true,
      words: '修改“一人被拒”',
    });
    expect((await open('broken-trail')).map(({ words }) => words).join()).toMatch(/缺失|截断/);
  });

  test('R45: a handled break rises again a day later as long as it stands, and again after that', async () => {
    for (const round of [1, 2]) {
      for (const { id } of await open('broken-trail')) await auditor.handleAlert({ id, opinion: `已上报 ${round}` });
      await served.product.audit.look();
      expect(await open('broken-trail')).toEqual([]);
      await pass(24 * 60 * minute);
      await served.product.audit.look();
      expect((await open('broken-trail')).map(({ words }) => words).join()).toMatch(/缺失|截断/);
    }
  });

  test('R45: a broken access list, a broken release and a failed key renewal each raise a high alert', async () => {
    const failures = ['kernel.access-list.broken', 'kernel.release.broken', 'governance.cryptography.renewalEnded'];
    for (const action of failures) await leave({ action, kind: 'security', outcome: 'failed' });
    await leave({ action: 'governance.cryptography.renewalEnded', kind: 'security', outcome: 'done' });
    await served.product.audit.look();
    const raised = await open('broken-protection');
    expect(raised.every(({ level }) => level === 'high')).toBe(true);
    expect(raised.map(({ words }) => words).sort()).toEqual(
      ['权限清单被破坏', '程序文件与发布清单不符', '数据密钥轮换结束'].sort(),
    );
  });

  test('R45, R55: a file found altered when it is read is refused, put down once an hour, and raises a high alert', async () => {
    await pass(minute);
    const clerk = await served.signIn('clerk1');
    const cases = served.client(vehicleCaseContract, clerk);
    const { id } = await cases.open({ key: randomUUID(), registeredWithPolice: true });
    const base = `/api/elv/vehicle-cases/${id}/photos`;
    const { body } = await upload(served.server, clerk, `${base}/vin-rubbing?key=${randomUUID()}`, aJpeg());
    const address = `${base}/${(body as { id: string }).id}/content`;
    const read = () => served.server.inject({ url: address, headers: { cookie: clerk } });
    expect((await read()).statusCode).toBe(200);
    await sql`update kernel.file_key set sealed_key = reverse(sealed_key)`.execute(served.database.ownerDb);
    for (let n = 0; n < 3; n += 1) expect((await read()).statusCode).toBe(500);
    const facts = async () => (await auditor.entries({ action: 'kernel.files.broken' })).rows;
    expect(await facts()).toMatchObject([
      { outcome: 'failed', actionTitle: '读取时发现文件被改动', objectType: 'kernel.file' },
    ]);
    await served.product.audit.look();
    const told = (await open('broken-protection')).filter(({ words }) => words === '读取时发现文件被改动');
    expect(told).toMatchObject([{ level: 'high' }]);
  });

  test('R45, R55: a file found gone when it is read raises a high alert of its own', async () => {
    await pass(minute);
    const clerk = await served.signIn('clerk1');
    const { id } = await served
      .client(vehicleCaseContract, clerk)
      .open({ key: randomUUID(), registeredWithPolice: true });
    const base = `/api/elv/vehicle-cases/${id}/photos`;
    const { body } = await upload(served.server, clerk, `${base}/vin-rubbing?key=${randomUUID()}`, aJpeg());
    const { rows } = await sql<{ key: string }>`select max(store_key) as key from kernel.file_key`.execute(
      served.database.db,
    );
    await served.files.delete(rows[0]?.key ?? '');
    const url = `${base}/${(body as { id: string }).id}/content`;
    for (let n = 0; n < 2; n += 1)
      expect((await served.server.inject({ url, headers: { cookie: clerk } })).statusCode).toBe(500);
    await served.product.audit.look();
    const told = (await open('broken-protection')).filter(({ words }) => words === '读取时发现文件丢失');
    expect(told).toMatchObject([{ level: 'high' }]);
  });
});
