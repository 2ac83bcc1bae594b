import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulators } from '#testkit/simulators.ts';
import { usualSettings } from './simulators.ts';
import { worldOf } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
const file = join(folder, 'deep', 'state.jsonl');
const open = () => worldOf(usualSettings('http://127.0.0.1:9'), file);
beforeEach(() => rmSync(join(folder, 'deep'), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const recycled = { certificateNo: 'C', enterpriseCode: 'E', enterpriseName: 'N', recycledOn: '2026-01-05' };

describe('what the simulated systems remember', () => {
  test('R57: outlives them, the latest word counting, and nobody else may read it', () => {
    const before = open();
    before.put('recycled', 'VIN1', recycled);
    before.put('recycled', 'VIN1', { ...recycled, certificateNo: 'C2' });
    before.put('nextDecision', '*', 'returned');
    before.drop('nextDecision', '*');
    const last = before.next();
    // Killed: never closed.
    const after = open();
    expect(after.get('recycled', 'VIN1')?.certificateNo).toBe('C2');
    expect(after.entries('nextDecision')).toEqual([]);
    expect(after.next()).toBe(last + 1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  test.each([1, 20, 60])('R57: half a line at the end (%i characters cut off) was never answered for', (cut) => {
    const before = open();
    before.put('recycled', 'VIN1', recycled);
    before.put('recycled', 'VIN2', recycled);
    before.close();
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -cut));
    const after = open();
    expect(after.entries('recycled').map(([vin]) => vin)).toEqual(['VIN1']);
    after.put('recycled', 'VIN3', recycled);
    after.close();
    expect(
      open()
        .entries('recycled')
        .map(([vin]) => vin),
    ).toEqual(['VIN1', 'VIN3']);
  });

  test.each([
    ['no JSON', 'hello'],
    ['another collection', '["strangers","k",1]'],
    ['another shape', '["recycled","k",{"certificateNo":7}]'],
    ['no list', '{}'],
  ])('R57: a file that holds %s is named with its line, and left as it is', (_what, line) => {
    open().put('recycled', 'VIN1', recycled);
    appendFileSync(file, `${line}\n`);
    const before = readFileSync(file, 'utf8');
    expect(open).toThrow(/state\.jsonl 第 2 行/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('R57: forgetting everything keeps the counter, so that no number is given twice', () => {
    const world = open();
    const last = world.next();
    world.put('recycled', 'VIN1', recycled);
    world.reset();
    expect(world.get('recycled', 'VIN1')).toBeUndefined();
    expect(world.next()).toBe(last + 1);
    expect(open().next()).toBe(last + 2);
  });
});

test('R57: after a restart a repeat still gets its first result, and a certificate is still to be had', async () => {
  const photo = { kind: 'p', sm3: 'a'.repeat(64), ref: 'r' };
  const request = { certificateNo: 'C-1', plateNo: '沪A12345', photos: [photo] };
  const before = await startSimulators({ stateFile: file });
  const ask = (to: typeof before) => to.ask('police', 'confirm-plate-destruction', '沪A12345+C-1', request);
  const first = await ask(before);
  await before.close();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const after = await startSimulators({ stateFile: file, keys: before.keys });
  expect(first).toMatchObject({ code: '0' });
  expect((await ask(after)).data).toEqual(first.data);
  await after.close();
});
