import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ProcessLost, taskProcessOf } from './task-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'hushang-task-'));
const file = join(folder, 'hand.ts');
// Takes memory as it is told, without coming to itself; or falls silent; or says its own id.
writeFileSync(
  file,
  `import { boundMemory } from ${JSON.stringify(join(import.meta.dirname, 'memory-bound.ts'))};
boundMemory(400);
const held = [];
process.on('message', ({ id, what }) => {
  for (let taken = 0; what === 'hoard' && taken < 100; taken += 1) held.push(Buffer.alloc(10_000_000, 1));
  if (what !== 'silence') process.send({ id, pid: process.pid });
});
process.on('disconnect', () => process.exit(0));
`,
);
const hand = taskProcessOf<{ what: string }, { id: number; pid: number }>({
  file,
  idleSeconds: 60,
  silenceSeconds: 10,
});
afterAll(async () => {
  await hand.close();
  rmSync(folder, { recursive: true });
});

const ask = (what: string, by = hand): Promise<number> => by.run({ what }, ({ pid }) => ({ result: pid }));
const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('T2.2: a process that takes more memory than it may is killed alone, and the task that waits behind is done by another', async () => {
  const first = await ask('pid');
  const [hoarding, next] = await Promise.allSettled([ask('hoard'), ask('pid')]);
  expect(hoarding).toMatchObject({ status: 'rejected', reason: expect.any(ProcessLost) });
  expect(next).toMatchObject({ status: 'fulfilled', value: hand.pid() });
  expect([hand.pid() === first, lives(first)]).toEqual([false, false]);
}, 60_000);

test('T2.2: a process that falls silent is gone before the next task begins; nothing is taken after the end', async () => {
  const brief = taskProcessOf<{ what: string }, { id: number; pid: number }>({
    file,
    idleSeconds: 60,
    silenceSeconds: 3,
  });
  const first = await ask('pid', brief);
  const [silent, next] = await Promise.allSettled([
    ask('silence', brief).finally(() => expect(lives(first)).toBe(false)),
    ask('pid', brief),
  ]);
  expect(silent).toMatchObject({ status: 'rejected', reason: expect.any(ProcessLost) });
  expect(next).toMatchObject({ status: 'fulfilled', value: brief.pid() });
  await brief.close();
  await expect(ask('pid', brief)).rejects.toThrow(ProcessLost);
}, 60_000);
