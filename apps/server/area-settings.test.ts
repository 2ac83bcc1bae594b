import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { areaIds } from './area-ids.ts';
import { areaOfPath, prefixesOf } from './area-routes.ts';
import { areaSettings } from './area-settings.ts';
import { operations, planOf } from './plans.ts';

const home = join(import.meta.dirname, '../..');
const shared = { MODE: 'demo', DUTIES: 'all', DATABASE_URL: 'postgres://a', POLICE_URL: 'http://b' };
const set = (AREAS: string, PEERS = '') => areaSettings({ AREAS, PEERS, ...shared }, (text) => new Error(text));

test('T3.1: which areas run here and where the others do, and every fault in words', () => {
  expect(set('all')).toEqual({ areas: ['governance', 'elv'], peers: {} });
  expect(set('elv, governance').areas).toEqual(['governance', 'elv']);
  expect(set('elv', 'governance=http://10.0.0.5:8080')).toEqual({
    areas: ['elv'],
    peers: { governance: 'http://10.0.0.5:8080' },
  });
  expect(() => set('elv')).toThrow('缺少设置 PEERS：本进程不承担 governance');
  expect(() => set('cars')).toThrow('设置 AREAS 应为 all，或 governance、elv 中的几个');
  expect(() => set('')).toThrow('设置 AREAS');
  for (const peers of ['governance', 'cars=http://10.0.0.5', 'governance=ftp://10.0.0.5'])
    expect(() => set('elv', peers)).toThrow('设置 PEERS 应为');
  expect(() => set('elv', 'governance=http://10.0.0.5,elv=http://10.0.0.6')).toThrow('本进程自己承担的 elv');
  const alone = { MODE: 'demo', AREAS: 'elv', PEERS: 'governance=http://10.0.0.5', DUTIES: 'all' };
  expect(() => areaSettings(alone, (text) => new Error(text))).toThrow('缺少设置 DATABASE_URL、POLICE_URL');
});

test('T5.4: sessions go between machines over https alone where people work in earnest', () => {
  const inEarnest = (url: string) => () =>
    areaSettings(
      { ...shared, MODE: 'production', AREAS: 'elv', PEERS: `governance=${url}` },
      (text) => new Error(text),
    );
  for (const url of ['http://10.0.0.5:8080', 'http://127.example.com', 'http://governance'])
    expect(inEarnest(url)).toThrow('应为 https:// 开头的地址');
  for (const url of ['https://10.0.0.5', 'http://127.0.0.1:8081', 'http://localhost:8081', 'http://[::1]:8081'])
    expect(inEarnest(url)).not.toThrow();
});

test('T3.1: an address tells the area that answers it, as the settings’ document has it', () => {
  for (const area of areaIds)
    for (const { path } of planOf[area].operations) expect([path, areaOfPath(`/api${path}`)]).toEqual([path, area]);
  expect(operations.length).toBeGreaterThan(100);
  expect(['/', '/yard/', '/openapi.json', '/api', '/api/elvish', '/peer/elv/work/move'].map(areaOfPath)).toEqual(
    Array(6).fill(undefined),
  );
  const document = readFileSync(join(home, 'docs/settings.md'), 'utf8');
  for (const area of areaIds)
    expect(document).toContain(
      `| ${prefixesOf(area)
        .map((prefix) => `\`${prefix}\``)
        .join('、')} | \`${area}\` |`,
    );
});
