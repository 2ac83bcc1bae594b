import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { listedVehicles } from './register/register.ts';

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators();
});
beforeEach(() => there.desk('POST', '/reset'));
afterAll(() => there.close());

const page = async (path: string): Promise<Response> => fetch(`${there.url}${path}`);
const live = z.strictObject({ standing: z.string(), journal: z.string() });
const shown = async () => live.parse(await (await page('/live')).json());
const nothing = { certificateNo: 'C', plateNo: '沪A12345', photos: [{ kind: 'p', sm3: 'a'.repeat(64), ref: 'r' }] };

describe('the desk as a person sees it', () => {
  test('R57, R60: every system and exchange stands there, and that nothing is wrong', async () => {
    const html = await (await page('/')).text();
    for (const title of ['大数据中心-公安专网', '全国汽车流通信息管理系统', '实名核验服务', '监销审核结果（回调）']) {
      expect(html).toContain(title);
    }
    expect(html).toContain('没有设置故障');
    expect(html).toContain('还没有往来');
  });

  test('R60: a fault and what it struck are seen, with how often', async () => {
    await there.script({
      system: 'police',
      exchange: 'confirm-plate-destruction',
      times: 2,
      fault: { kind: 'throttled' },
    });
    await there.ask('police', 'confirm-plate-destruction', 'K-1', nothing);
    const { standing, journal } = await shown();
    expect(standing).toContain('1 次，共 2 次');
    expect(standing).toContain('1 项故障');
    expect(journal).toContain('K-1');
    expect(journal).toContain('4290 限流');
  });

  test('R60: what comes from outside is text, never markup', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    await there.script({ system: 'police', key: evil, fault: { kind: 'refuse', code: '<b>', message: evil } });
    await there.ask('police', 'confirm-plate-destruction', evil, nothing);
    await there.desk('POST', '/decisions', { caseNo: evil, decision: 'returned' });
    const [first] = listedVehicles;
    await there.desk('POST', '/vehicles', { vehicles: [{ ...first, shows: evil }] });
    const all = Object.values(await shown()).join('') + (await (await page('/vehicles')).text());
    expect(all).not.toContain('<img');
    expect(all).not.toContain('<b>>');
    expect(all.split('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;').length).toBeGreaterThanOrEqual(5);
  });

  test('R57: the vehicles stand with what each shows; seeded ones too', async () => {
    const [first] = listedVehicles;
    const papers = { ...first?.papers, vin: 'LSEEDED0000000001', plateNo: '沪A00009' };
    await there.desk('POST', '/vehicles', { vehicles: [{ papers, owner: first?.owner }] });
    const html = await (await page('/vehicles')).text();
    for (const { papers: listed, shows } of listedVehicles) {
      expect(html).toContain(listed.plateNo);
      expect(html).toContain(shows.replaceAll('"', '&quot;'));
    }
    expect(html).toContain('补登车辆');
    expect(html).toContain(`${listedVehicles.length + 1} 辆`);
  });

  test('R55: no page runs anything but its own script', async () => {
    for (const path of ['/', '/vehicles']) {
      const answer = await page(path);
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(await answer.text()).not.toMatch(/<script(?! src="\/page\.js")|<style|\sstyle=|\son\w+=/);
    }
    for (const [path, type] of [
      ['/page.js', 'text/javascript'],
      ['/page.css', 'text/css'],
      ['/base.css', 'text/css'],
    ] as const) {
      expect((await page(path)).headers.get('content-type')).toContain(type);
    }
  });
});

describe('the desk as a program uses it', () => {
  test.each([
    ['an unknown system', { system: 'customs', fault: { kind: 'down' } }],
    ['an unknown exchange', { system: 'police', exchange: 'check-person', fault: { kind: 'down' } }],
    ['an exchange of another system', { system: 'identity', exchange: 'check-vehicle', fault: { kind: 'down' } }],
    ['an unknown fault', { system: 'police', fault: { kind: 'sleepy' } }],
    ['a fault no callback can have', { system: 'police', exchange: 'supervised-decision', fault: { kind: 'down' } }],
    ['no times', { system: 'police', times: 0, fault: { kind: 'down' } }],
    ['a night without an end', { system: 'police', fault: { kind: 'night', from: '22:00' } }],
    ['a field too many', { system: 'police', fault: { kind: 'down', ms: 3 } }],
  ])('R60: %s is no script', async (_what, script) => {
    await expect(there.desk('POST', '/faults', script)).rejects.toThrow(/^422/);
  });

  test('R60: a fault is taken back, one or all', async () => {
    await there.script({ system: 'police', fault: { kind: 'down' } });
    await there.script({ system: 'identity', fault: { kind: 'down' } });
    const faults = async () =>
      z
        .object({ faults: z.array(z.object({ id: z.int(), system: z.string() })) })
        .parse(await there.desk('GET', '/state')).faults;
    const [first] = await faults();
    await there.desk('DELETE', `/faults/${first?.id}`);
    expect((await faults()).map(({ system }) => system)).toEqual(['identity']);
    await expect(there.desk('DELETE', `/faults/${first?.id}`)).rejects.toThrow(/^404/);
    await there.desk('DELETE', '/faults');
    expect(await faults()).toEqual([]);
  });

  test('R04: a decision told beforehand is seen and taken back', async () => {
    await there.desk('POST', '/decisions', { caseNo: 'SC/1', decision: 'returned' });
    expect((await shown()).standing).toContain('退回补正');
    expect(await there.desk('GET', '/state')).toMatchObject({ decisions: { 'SC/1': 'returned' } });
    await there.desk('DELETE', `/decisions/${encodeURIComponent('SC/1')}`);
    expect(await there.desk('GET', '/state')).toMatchObject({ decisions: {} });
    await expect(there.desk('POST', '/decisions', { decision: 'maybe' })).rejects.toThrow(/^422/);
  });

  test('R57: delays change by part and come back with a reset; callbacks go only to web addresses', async () => {
    expect(await there.desk('PUT', '/settings', { decisionDelayMs: 5 })).toMatchObject({
      decisionDelayMs: 5,
      certificateDelayMs: 0,
    });
    await expect(there.desk('PUT', '/settings', { decisionDelayMs: -1 })).rejects.toThrow(/^422/);
    await expect(there.desk('PUT', '/settings', { callbackUrl: 'file:///etc/passwd' })).rejects.toThrow(/^422/);
    await there.desk('POST', '/reset');
    expect(await there.desk('GET', '/state')).toMatchObject({ settings: { decisionDelayMs: 0 } });
  });

  test('R57: one vehicle, all, a piece of the family; no vehicle is not found', async () => {
    expect(await there.desk('GET', '/vehicles')).toHaveLength(listedVehicles.length);
    expect(await there.desk('GET', '/vehicles/LTESTA001A0000001')).toMatchObject({ papers: { plateNo: '沪A12345' } });
    expect(await there.desk('GET', '/family?kind=E&from=999999&count=5')).toHaveLength(1);
    await expect(there.desk('GET', '/vehicles/x')).rejects.toThrow(/^404/);
    await expect(there.desk('GET', '/family?count=100000')).rejects.toThrow(/^422/);
    await expect(there.desk('POST', '/vehicles', { vehicles: [] })).rejects.toThrow(/^422/);
  });

  test('R55: no page of another origin arranges anything', async () => {
    const from = (site: string) =>
      fetch(`${there.url}/admin/reset`, { method: 'POST', headers: { 'sec-fetch-site': site } });
    expect((await from('cross-site')).status).toBe(403);
    expect((await from('same-site')).status).toBe(403);
    expect((await from('same-origin')).status).toBe(204);
  });

  test('R57: garbage is refused in a sentence', async () => {
    const headers = { 'content-type': 'application/json' };
    const garbage = await fetch(`${there.url}/admin/faults`, { method: 'POST', headers, body: '{' });
    expect([garbage.status, await garbage.json()]).toEqual([422, { message: '不是有效的 JSON' }]);
  });
});
