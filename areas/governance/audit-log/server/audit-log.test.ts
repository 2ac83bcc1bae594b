import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workingTimeContract } from '#areas/governance/working-time/model/working-time.contract.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { verifyArchive } from '#kernel/audit/verify-archive.ts';
import type { Client } from '#kernel/contract/client.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { auditLogContract } from '../model/audit-log.contract.ts';
import { keepingSettings } from '../model/audit-settings.ts';

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

describe('R45: the log is searched by every dimension', () => {
  beforeAll(async () => {
    await leave({ action: 'test.search', object: { type: 'case', id: 'c1' }, traceId: 'tr-a' });
    await leave({
      action: 'test.search',
      kind: 'security',
      outcome: 'refused',
      detail: { id: 'c1', code: 'X' },
      traceId: 'tr-a',
    });
    await leave({
      action: 'test.search',
      kind: 'interface',
      outcome: 'failed',
      actor: { id: 'system:police', name: 'police', organisationId: null, ip: '' },
    });
    await leave({
      action: 'test.search',
      actor: { id: 'demo-clerk1', name: '周一演示', organisationId: 'yard-2', ip: '10.9.9.9' },
    });
  });

  test.each([
    [{}, 4],
    [{ kind: 'security' as const }, 1],
    [{ outcome: 'failed' as const }, 1],
    [{ actor: 'clerk1' }, 1],
    [{ actor: '周一演示' }, 1],
    [{ actor: 'system:police' }, 1],
    [{ organisation: '示例循环汽车拆解（闵行）有限公司（演示）' }, 1],
    [{ organisation: '91310115MADEMA0198' }, 2],
    [{ object: 'c1' }, 2],
    [{ ip: '10.9.9.9' }, 1],
    [{ trace: 'tr-a' }, 2],
    [{ trace: 'tr-a', outcome: 'done' as const, kind: 'operation' as const }, 1],
    [{ from: '2026-11-23T02:00:00.000Z' }, 4],
    [{ until: '2026-11-23T02:00:00.000Z' }, 0],
    [{ actor: '没有这个人' }, 0],
  ])('R45: %j finds %d', async (filter, found) => {
    expect(await actions({ action: 'test.search', ...filter })).toHaveLength(found);
    expect(await auditor.count({ action: 'test.search', ...filter })).toEqual({ count: found, more: false });
  });

  test('R45: pages follow one another without a gap or a repeat, also within one moment', async () => {
    for (let n = 0; n < 120; n += 1)
      await leave({
        action: 'test.pages',
        detail: { n },
        actor: { id: `p${n % 7}`, name: '', organisationId: null, ip: '' },
      });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await auditor.entries({ action: 'test.pages', ...(after ? { after } : {}) });
      seen.push(...page.rows.map(({ chain, seq }) => `${chain} ${seq}`));
      after = page.next ?? undefined;
    } while (after);
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
    await expect(auditor.entries({ after: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });

  test('R45: nobody but the auditor searches, exports or tunes, and each attempt stands in the log', async () => {
    const admin = served.client(auditLogContract, await served.signIn('admin1'));
    const clerk = served.client(auditLogContract, await served.signIn('clerk1'));
    for (const who of [admin, clerk, served.client(auditLogContract, '')])
      await expect(who.entries({})).rejects.toMatchObject({ code: expect.stringMatching(/NOT_/) });
    const { rows } = await auditor.entries({ action: 'governance.audit-log.entries', outcome: 'refused' });
    expect(rows.map(({ actorName, kind }) => [actorName, kind]).sort()).toEqual([
      ['周一演示', 'security'],
      ['韩管演示', 'security'],
    ]);
  });

  test('R45: an entry shows what was before and after, and its chain is proven on demand', async () => {
    const admin = served.client(workingTimeContract, await served.signIn('admin1'));
    await admin.setPeriod({ setting: 'elv.period.confirm', was: null, value: 5 });
    await served.product.audit.sealer.sealNow();
    const [row] = (await auditor.entries({ action: 'governance.working-time.setPeriod' })).rows;
    const entry = await auditor.entry({ chain: row?.chain ?? '', seq: row?.seq ?? 0 });
    expect(entry).toMatchObject({
      actionTitle: '修改办理期限',
      actorName: '韩管演示',
      detail: { was: null, value: 5 },
    });
    const proof = await auditor.proof({ chain: entry.chain });
    expect(proof).toMatchObject({ intact: true, entries: 1, sealedTo: 1, findings: [] });
    await sql`update kernel.audit_entry set detail = '{"value":6,"was":null}' where chain = ${entry.chain}`.execute(
      served.database.ownerDb,
    );
    const broken = await auditor.proof({ chain: entry.chain });
    expect(broken.intact).toBe(false);
    expect(broken.findings.join()).toContain('内容被改动');
    await sql`update kernel.audit_entry set detail = '{"value":5,"was":null}' where chain = ${entry.chain}`.execute(
      served.database.ownerDb,
    );
    expect((await auditor.checkTrail({ from: 1 })).findings).toEqual([]);
  });
});

describe('R45: exports', () => {
  const post = (payload: object) =>
    served.server.inject({
      method: 'POST',
      url: '/api/governance/audit/exports',
      headers: { ...ownPage, cookie },
      payload,
    });

  test('R45: an export carries a reason, who took it and when, and stands in the log with the digest of the file', async () => {
    const reply = await post({ filter: { action: 'test.search' }, reason: '季度审计抽查' });
    const rows: (readonly unknown[])[] = [];
    for await (const { cells } of readWorkbook(Readable.from([reply.rawPayload]))) rows.push(cells);
    expect(rows[0]?.[0]).toContain('杨审演示（demo-auditor1）于 2026-11-23');
    expect(rows[0]?.[0]).toContain('季度审计抽查');
    expect(rows).toHaveLength(7);
    const [row] = (await auditor.entries({ action: 'governance.audit-log.exportEntries' })).rows;
    const { detail } = await auditor.entry({ chain: row?.chain ?? '', seq: row?.seq ?? 0 });
    expect(detail).toMatchObject({ reason: '季度审计抽查', rows: 4, limit: 10_000, filter: { action: 'test.search' } });
  });

  test('R45: what an exported entry tells stands there in words', async () => {
    await post({ filter: { action: 'test.search' }, reason: '复核时再取一份' });
    const action = 'governance.audit-log.exportEntries';
    const reply = await post({ filter: { action }, reason: '核对导出记录' });
    const rows: (readonly unknown[])[] = [];
    for await (const { cells } of readWorkbook(Readable.from([reply.rawPayload]))) rows.push(cells);
    const told = rows[3]?.[rows[2]?.indexOf('内容') ?? -1];
    expect(told).toContain('事由：复核时再取一份');
    expect(told).not.toMatch(/[{}"]/);
  });

  test('R45: no export without a reason, nor of nothing, nor beyond the row limit', async () => {
    expect((await post({ filter: {}, reason: '' })).statusCode).toBe(400);
    expect((await post({ filter: { action: 'nothing' }, reason: '季度审计抽查' })).json()).toMatchObject({
      code: 'NOTHING',
    });
    await other.setSetting({ setting: 'audit.export.rows', was: null, value: 100 });
    served.clock.advance(6_000);
    const reply = await post({ filter: { action: 'test.pages' }, reason: '季度审计抽查' });
    let rows = 0;
    for await (const _ of readWorkbook(Readable.from([reply.rawPayload]))) rows += 1;
    expect(rows).toBe(103);
  });
});

describe('R45: settings', () => {
  test.each([
    ['audit.kept.months', 5],
    ['audit.kept.months', 121],
    ['audit.seal.seconds', 0],
  ])('R45: %s cannot be set to %d', async (setting, value) => {
    await expect(auditor.setSetting({ setting, was: null, value })).rejects.toMatchObject({ code: 'OUT_OF_BOUNDS' });
  });

  test('R45: a retention put below six months by SQL holds at six', async () => {
    await sql`insert into kernel.setting (key, value, updated_at, updated_by) values ('audit.kept.months', '1', now(), 'x')`.execute(
      served.database.db,
    );
    served.clock.advance(6_000);
    const kept = keepingSettings.keptMonths;
    expect(await served.product.audit.numbers(kept)).toBe(6);
  });
});

describe('R45: archives', () => {
  test('R45: a month that is over is archived from the page, downloaded, and checked elsewhere; a broken trail is not archived', async () => {
    await served.product.audit.sealer.sealNow();
    await sql`delete from kernel.audit_entry where action = 'test.search' and outcome = 'failed'`.execute(
      served.database.ownerDb,
    );
    await pass(20 * 24 * 60 * minute);
    expect((await auditor.seals({})).months).toEqual(['2026-11']);
    await expect(auditor.makeArchive({ month: '2026-11', kind: 'all' })).rejects.toMatchObject({ code: 'BROKEN' });
    await expect(auditor.makeArchive({ month: '2026-12', kind: 'all' })).rejects.toMatchObject({
      code: 'MONTH_NOT_OVER',
    });
  });

  test('R45: what was archived reads back whole', async () => {
    const clean = await aServedProduct('2026-10-05T02:00:00Z');
    try {
      await clean.signIn('auditor1');
      await clean.product.audit.sealer.sealNow();
      clean.clock.advance(40 * 24 * 60 * minute);
      const again = await clean.signIn('auditor1');
      const archive = await clean.client(auditLogContract, again).makeArchive({ month: '2026-10', kind: 'all' });
      const reply = await clean.server.inject({
        method: 'GET',
        url: `/api/governance/audit/archives/${archive.id}`,
        headers: { cookie: again },
      });
      expect(reply.headers['content-disposition']).toContain('audit-2026-10-all');
      const report = await verifyArchive(
        Readable.from([reply.rawPayload]),
        (await clean.client(auditLogContract, again).seals({})).fingerprints,
      );
      expect(report).toMatchObject({ file: [], trail: [], entries: archive.entries });
    } finally {
      await clean.close();
    }
  });
});
