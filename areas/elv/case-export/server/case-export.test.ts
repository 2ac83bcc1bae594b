import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '#kernel/access/access.ts';
import { aCaseExportScene, type CaseExportScene, identityNumber, reason } from '#testkit/case-export-scene.ts';
import { holdOnly } from '#testkit/people.ts';
import { vehicleCaseContract } from '../../vehicle-case/model/vehicle-case.contract.ts';
import { mostExported } from '../model/case-export.contract.ts';

const masked = `310***********${identityNumber.slice(-4)}`;

let scene: CaseExportScene;
beforeAll(async () => {
  scene = await aCaseExportScene();
});
afterAll(() => scene.served.close());

describe('R43, R44: who may take the list along', () => {
  test.each(['clerk1', 'desk1', 'observer1', 'yardadmin1'])('R44: %s may not', async (userName) => {
    const reply = await scene.ask(userName);
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'NOT_PERMITTED']);
  });

  test('R43: the officer for exports takes all cases, people masked; the commission sees them plain', async () => {
    const sheet = await scene.taken('export1');
    expect(scene.numbers(sheet)).toEqual([scene.second, scene.foreign, scene.first]);
    expect(sheet.rows[0]).toMatchObject({
      所有人: '孙演示',
      所有人身份证号码: masked,
      所有人联系电话: '138****0000',
    });
    expect((await scene.taken('commission1')).rows[0]).toMatchObject({ 所有人身份证号码: identityNumber });
  });

  test('R44: exporting reaches no row and opens no value that reading does not, nor the other way round', async () => {
    const grant = (verb: string, rows: Grant['rows'], personal: Grant['personal']): Grant => ({
      permission: `elv.vehicle-case:${verb}`,
      rows,
      personal,
    });
    await scene.cookieOf('clerk3');
    await holdOnly(scene.served, 'demo-clerk3', [grant('read', 'all', 'masked'), grant('export', 'all', 'plain')]);
    expect((await scene.taken('clerk3')).rows[0]).toMatchObject({ 所有人身份证号码: masked });
    await scene.cookieOf('clerk2');
    await holdOnly(scene.served, 'demo-clerk2', [
      grant('read', 'own-organisation', 'plain'),
      grant('export', 'all', 'hidden'),
    ]);
    const own = await scene.taken('clerk2');
    expect(scene.numbers(own)).toEqual([scene.foreign]);
    expect(own.rows[0]).toMatchObject({ 所有人身份证号码: null, 所有人: '孙演示' });
  });
});

describe('R14: what is in the file', () => {
  test.each([
    [{}, 3],
    [{ enterpriseId: 'yard-1' }, 2],
    [{ districtCode: '310112' }, 1],
    [{ q: identityNumber }, 3],
    [{ state: ['draft'], overdue: 'true' }, 0],
    [{ mark: ['supervised'] }, 0],
  ])('R14: the file has what the list has for %j', async (filter, count) => {
    const list = scene.served.client(vehicleCaseContract, await scene.cookieOf('export1'));
    const { rows, total } = await list.list({ ...filter, sort: '-openedAt' });
    expect(total).toBe(count);
    if (count === 0) {
      expect((await scene.ask('export1', filter)).json().code).toBe('NOTHING');
      return;
    }
    expect(scene.numbers(await scene.taken('export1', filter))).toEqual(rows.map(({ caseNo }) => caseNo));
  });

  test('R14: days of acceptance are those of Shanghai, both included', async () => {
    expect(scene.numbers(await scene.taken('export1', { openedFrom: '2026-11-23', openedTo: '2026-11-23' }))).toEqual([
      scene.foreign,
      scene.first,
    ]);
    expect(scene.numbers(await scene.taken('export1', { openedFrom: '2026-11-24' }))).toEqual([scene.second]);
    expect((await scene.ask('export1', { openedTo: '2026-11-22' })).json().code).toBe('NOTHING');
  });

  test('R45, domain 10.5: the file says who took it, when, why and by what conditions, without anybody’s number', async () => {
    const { above } = await scene.taken('export1', {
      q: identityNumber,
      enterpriseId: 'yard-1',
      openedFrom: '2026-11-23',
    });
    expect(above[0]).toMatch(/^韩导演示（demo-export1）于 2026-11-24 \d\d:\d\d 导出/);
    expect(above[0]).toContain(reason);
    expect(above[1]).toContain(
      '查找：按证件号码；回收企业：沪示例报废车回收拆解一厂有限公司（演示）；受理日期：2026-11-23 至 今',
    );
    expect(above[1]).not.toContain(identityNumber);
  });

  test('R45: no file without a reason', async () => {
    const reply = await scene.ask('export1', {}, '  看看 ');
    expect([reply.statusCode, reply.body.includes('请写明事由')]).toEqual([400, true]);
  });
});

test('R45: asking, writing and downloading stand in the log: conditions, number of cases, reason, digest of the file', async () => {
  const id = await scene.asked('export1', { districtCode: '310112' });
  const filter = '区：闵行区';
  const actor = 'demo-export1';
  expect(await scene.facts()).toContainEqual({ actor, reason, filter, rows: 1, limit: mostExported });
  const sm3 = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(await scene.facts('fileExport')).toContainEqual({ actor, filter, rows: 1, sm3 });
  await scene.file('export1', id);
  expect(JSON.stringify(await scene.facts('downloadExport'))).toContain(id);
});

test('R45: whoever exports again and again within the hour is told of', async () => {
  for (let n = 0; n < 10; n += 1) await scene.asked('commission1', { districtCode: '310112' });
  await scene.served.product.audit.look();
  const { rows } = await sql`select rule from governance.audit_alert
    where rule = 'mass-exports' and about like '%demo-commission1'`.execute(scene.served.database.ownerDb);
  expect(rows).toHaveLength(1);
});

describe('R43, R44: whose file it is', () => {
  test('R44: another who may export neither sees it, nor fetches it, nor ends it', async () => {
    const id = await scene.asked('export1');
    expect((await scene.file('commission1', id)).statusCode).toBe(404);
    const other = await scene.exportsOf('commission1');
    expect((await other.listExports({})).map((some) => some.id)).not.toContain(id);
    await expect(other.cancelExport({ exportId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('T2.11: a download that was cut off goes on where it ended; of another file it begins anew', async () => {
    const id = await scene.asked('export1');
    const whole = await scene.file('export1', id);
    const { etag = '' } = whole.headers;
    const bytes = whole.rawPayload;
    expect([whole.headers['accept-ranges'], bytes.length]).toEqual([
      'bytes',
      (await scene.one('export1', id)).sizeBytes,
    ]);
    const part = await scene.file('export1', id, { range: 'bytes=1000-', 'if-range': etag });
    expect([part.statusCode, part.headers['content-range']]).toEqual([
      206,
      `bytes 1000-${bytes.length - 1}/${bytes.length}`,
    ]);
    expect(Buffer.concat([bytes.subarray(0, 1_000), part.rawPayload]).equals(bytes)).toBe(true);
    const tail = await scene.file('export1', id, { range: 'bytes=-10' });
    expect(tail.rawPayload.equals(bytes.subarray(-10))).toBe(true);
    expect((await scene.file('export1', id, { range: `bytes=${bytes.length}-` })).statusCode).toBe(416);
    expect((await scene.file('export1', id, { range: 'bytes=10-', 'if-range': '"another"' })).statusCode).toBe(200);
  });

  test('R44: once the right is taken away or narrowed, the file is not handed out any more', async () => {
    const all = (verb: string): Grant => ({ permission: `elv.vehicle-case:${verb}`, rows: 'all', personal: 'masked' });
    await scene.cookieOf('clerk4');
    await holdOnly(scene.served, 'demo-clerk4', [all('read'), all('export')]);
    const id = await scene.asked('clerk4');
    expect((await scene.file('clerk4', id)).statusCode).toBe(200);
    await holdOnly(scene.served, 'demo-clerk4', [all('read'), { ...all('export'), rows: 'own-organisation' }]);
    expect((await scene.file('clerk4', id)).json().code).toBe('RIGHTS_CHANGED');
    await holdOnly(scene.served, 'demo-clerk4', [all('read')]);
    expect((await scene.file('clerk4', id)).statusCode).toBe(403);
  });
});
