import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// Real: a process of its own whose terminal is a disk that is always full.

test('T2.2: a log that cannot be written does not end the process', async () => {
  const full = openSync('/dev/full', 'w');
  const work = `
    const { newLog } = await import(${JSON.stringify(join(import.meta.dirname, 'log.ts'))});
    const log = newLog('error');
    for (let n = 0; n < 5_000; n += 1) log.error({ n }, 'a line of some length that nobody will ever read '.repeat(10));
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.stderr.write('went on');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', work], { stdio: ['ignore', full, 'pipe'] });
  let told = '';
  child.stderr?.on('data', (piece: Buffer) => {
    told += piece.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  closeSync(full);
  expect([code, told]).toEqual([0, 'went on']);
});
